"""Texts, written for this product, that teach `matter_model` each matter. One text a line."""

SAFETY = """
I am thinking of killing myself
I want to die
I can't take it any more, I want to end my life
I have been cutting myself
I don't see a reason to go on living
nobody would miss me if I was gone
I am going to jump
my friend says she will take her own life
he wants to harm himself
I swallowed a whole bottle of tablets
please send an ambulance
somebody needs a doctor right now
my father had a heart attack
one of our drivers had an accident
a worker lost a finger in the machine
an employee fainted at the plant
someone got hurt using your product
a customer was burnt by the device
people could get killed if this value is wrong
this bug puts lives at risk
the patient got the wrong dose because of your app
wrong blood type is shown for a patient
the emergency button does not work and we have people on site
the fire alarm did not trigger
the smoke detector went silent
the gas valve opened by itself
the robot arm moved while somebody stood next to it
the battery is swelling and very hot
the charger is burning
there are flames coming from the adapter
I got an electric shock from the unit
it smells of gas here
my partner beats me and reads my messages in your app
my ex found out where I live through your app
I am being stalked
a man keeps following me with the location sharing
somebody sends me death threats over your chat
a user wrote that he will bomb the office
he posted that he has a gun and will come to the school
someone threatens to shoot us
I fear for my life
I am afraid he will come and hurt us
I do not feel safe
a child is being abused
somebody uploaded child pornography
an adult is asking my daughter for nude pictures
I was raped by somebody I met here
I was attacked by the driver you sent
he touched me without my consent during the visit
my baby is not breathing
I can't breathe
we are trapped in the lift and your app does not answer
the brakes did not respond to the command
the door lock opened at night by itself and my kids are alone
the heating went to 60 degrees in the nursing home
someone has been poisoned
I'm losing a lot of blood
I feel suicidal
everyone is better off if I am dead
what is the quickest way to end it
I overdosed
the readings of a medical device are off since the update
the gate closed on a person
a visitor was injured by the automatic door
the heating would not switch off and it got dangerously hot
my mother lies on the floor and the alarm button stays silent
somebody found out my address through your product and stands at my door
our truck nearly caused a crash because of your routing
a pupil announced on your platform that he will attack his school
my friend sent me a farewell message and does not answer
water and electricity, it is dangerous to go near the machine
"""

SECURITY = """
my account was taken over
somebody has stolen my login
somebody signed in to our workspace from abroad
there was a login from Nigeria and that was not me
I got a notification about a sign-in I did not do
I did not request this verification code
someone tries to reset my password again and again
my password was changed and I did not do it
the e-mail address on my account was replaced by a stranger's
my two-factor codes go to an unknown number
there is an unknown user with admin rights in our team
a person who left the company can still log in
a former colleague still downloads our files
an intruder is in our system
we have been breached
our database was stolen
our customers' records have leaked
a list of our users is for sale on the dark web
the confidential file is public on the internet
everybody with the link can read our contracts
I see invoices of another company in my account
I am logged in as somebody else
when I log in I see a different person's profile
the report shows rows of another client of yours
my private messages are visible to other people
I pushed our access token to a public repository
our credentials were posted online
we lost a laptop with an open session
my phone with your app on it was stolen
I fell for a fake mail and entered my password
I think I gave my password to a fraudster
a mail that claims to be from you asks for my card number
is this message really from you, it looks fake
someone pretends to be our CEO and asks for payments
somebody opened an account in my name
my identity was stolen
payments were made from my account that I know nothing about
there are purchases I never made
money has disappeared from my balance
somebody withdrew money with my card
somebody changed our bank details so that payments go elsewhere
our files are encrypted and they want bitcoin
there is a virus in the file from your platform
our antivirus says your plugin is malicious
I found a security hole
SQL injection is possible in your search field
anyone can read any record by changing the id in the address
your api returns data without a token
your site sends passwords in plain text
a bot is trying thousands of passwords on our account
suspicious activity in our workspace
unusual login attempts
someone deleted all our data on purpose
all sessions show a device that is not mine
an unknown app has access to my data
our api keys are being abused
someone spies on our conversations
an attacker sends mail in our name through your service
the camera was turned on by somebody else
I want to report a security problem
someone else is using my session
I got hacked
somebody I do not know is listed where my own name belongs
by changing the number in the address I see what belongs to other firms
there is an administrator in our list that none of us created
people without permission can read confidential files
a colleague typed the password into a page that was not yours
my mailbox sends messages I never wrote
hundreds of failed attempts to log in to my account
personal documents of ours turn up in a search engine
a caller claimed to be your support and I told him my code
an attachment from you was flagged as a virus
"""

LEGAL = """
you will hear from my lawyer
I am getting a lawyer
my attorney will write to you
our solicitors have been instructed
we will see you in court
I am going to take you to court
I will sue you
we are starting legal proceedings
we consider legal steps
what you are doing is against the law
this is illegal
you are breaking the law
you violate data protection law
this is a GDPR violation
send me all data you have about me
under the GDPR I want to know what you store on me
I demand that you erase my personal data
delete everything you know about me, that is my right
I withdraw my consent to the processing of my data
I object to the processing of my data
you had no right to share my data with others
I will complain to the data protection authority
I am going to report you to the authorities
I am reporting this to the police
I have filed a police report
I'll contact the consumer protection office
I will tell the press and the regulator
the ombudsman will hear of this
we received a court order about this account
the police asks us for the logs of this user
we were served with a subpoena
we need to put a legal hold on this data
you breached our agreement
you do not meet the SLA and owe us credits under the contract
we terminate the contract for cause
this is a notice of default
formal complaint
I want to make an official complaint about your company
we hold you responsible for our losses
who is liable for the damage
we claim damages
I demand compensation
you will pay for our losses
our counsel says you have to stop
our legal team must talk to yours
our lawyers want to change the terms of the agreement
please forward this to your legal department
cease and desist
you use our trademark without permission
someone published our copyrighted material on your platform
I am sending a takedown notice for stolen content
you discriminate against disabled people
this clause is not enforceable
I never consented to these terms
you misled us and that is fraud
this is false advertising
you must disclose this under freedom of information
we are being audited by the tax office and need a statement from you
the regulator asks us how you process our data
we need a signed data processing agreement or we must stop
I press charges against one of your users
somebody defames me on your platform
we reserve all our rights
this is our last warning before we take steps
where should documents be served
your conditions are not valid under the law here
I withdraw from the contract
our works council will take this to a judge
you use our name and logo and were never allowed to
you are obliged by law to answer within a month
we end the agreement because you did not keep it
our data protection officer asks for a statement
"""

BILLING = """
you charged my card twice
I was billed twice for the same month
I paid twice
the payment was taken two times
double debit on my account
you took the money again
you keep charging me although I cancelled
I cancelled in May and still get invoices
I was charged after the trial although I had cancelled
my free trial turned into a paid plan and nobody told me
you renewed my plan without asking
the annual renewal was never agreed
I was charged for something I did not buy
I do not know what this charge is
what is this charge on my card, I did not order anything
there is an unknown payment to your company on my statement
this charge is not mine
you withdrew too much
you have charged the wrong amount
the amount on the invoice is wrong
the invoice is higher than agreed
our bill doubled and nobody can explain it
the invoice does not match the contract
the invoice lists seats that we do not have
we are billed for 50 users but have only 20
you billed us for people who left
the discount is missing on the invoice
we were promised 20 % off and pay full price
the promised credit was never applied
you still owe us a refund
where is my refund, you promised it weeks ago
I want a refund
give me my money back
refund me now
I demand a refund for last month
I did not get what I paid for and want my money back
I will have the payment reversed
I told my bank to take the money back
I am opening a dispute with my credit card company
I dispute the last invoice
I do not accept this invoice
we will not pay this bill
we are withholding payment until this is fixed
this invoice is not correct
there is a mistake in our bill
please correct the invoice, it is wrong
wrong VAT on the bill and you refuse to fix it
you charged VAT twice
hidden fees on my bill
nobody told us about this extra fee
unexpected charge
I was overcharged
you raised the price without telling us
why do I pay more than last month
you debit the wrong account
stop taking money from my account
remove this charge
this is theft, you took my money
you scammed me out of 200 euros
we already paid this invoice and you send reminders
we got a dunning letter for a paid invoice
charged again for a plan I downgraded
my card was hit with an amount I cannot explain
nobody here knows what this charge is for
you added tax although we are exempt, correct the bill
the amount differs from the offer we signed
we get bills for something we cancelled long ago
the invoice was settled and you send reminders all the same
you took a year at once and we pay by month
several invoices for one and the same period
the agreed discount is not on the bill
the money is gone from our account and you say we have not paid
"""

OUTAGE = """
your service is down
the site does not load for anybody
nobody in our company can log in
none of us can get in
all of us are locked out
all our users get an error
everyone sees a white page
it is down for everyone
the app is dead
the whole platform is not reachable
we cannot reach your servers
your server does not respond
your api returns 500 for every call
all requests fail with 503
every page shows bad gateway
nothing loads any more
nothing works for the whole team
complete outage
total blackout since 8
major incident
is your service having problems right now
are you having an outage
are you down
is anybody else unable to log in
your status page is green but we cannot get in
production has stopped
our production is at a standstill because of you
our call centre cannot work
our shops cannot sell anything, your system is not responding
no orders come in since an hour, your checkout is broken for everybody
customers cannot pay, all payments fail
all payments are failing
our whole website is broken since your widget fails
all our stores are offline
no data arrives from any of our devices
all integrations stopped at the same time
webhooks have stopped completely
no mails are going out for any of our clients
everything timed out
all dashboards are empty for everybody
all our data is gone
the entire database disappeared
all projects have vanished for the whole team
the system crashed for the whole department
the platform has collapsed
login is broken for all employees
single sign-on fails for the entire company
we are completely blocked
the whole office cannot work
hundreds of users call us because nothing works
our customers complain that your service is unavailable
we are losing money every minute because you are offline
your last release broke everything for everyone
since your deployment no page opens
the mobile app crashes at start for all our drivers
everything is frozen for all users
the service has been unavailable since this morning
we have no access at all, none of our accounts work
critical: system unavailable
P1: production down
severity 1, all users affected
500 errors everywhere
no store can take payments
a blank page in the whole company
is it only us or is your service not there
single sign-on fails for all our staff
no order has come through since this morning
timeouts on each and every request
our call centre stands still
everything we stored is wiped
all we get is spinning wheels
nothing syncs any more in any branch
"""
