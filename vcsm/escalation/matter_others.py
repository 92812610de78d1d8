"""Ordinary questions, which `matter_model` must leave alone. One text a line."""

PRODUCT = """
what does the security tab do
what is the security page for
where are the security settings
how do I give another user access
how do I let a colleague see my report
can another person edit my page
what does the privacy setting do
how do I see who has access
I was charged a fee, what is it for
what is this fee on my invoice for
why is there a fee
what does the legal page say
where can I read your terms and conditions
is there an agreement on data processing for download
how do I label a chat as praise or complaint
where is the imprint
what does the incident module do
how do I create an alert for an outage
where is the billing page
what does the billing tab show
how do I read my invoice
how do I dispute a review in the marketplace
how do I refund an order
where do I see refunds
how do I change who pays
can I download all invoices at once
what is two-factor authentication
how do I log in with Google
how do I log out on all devices
where do I see my devices
can two people use one login
how do I write to another member of my team in the app
how do I reset the password of a colleague
how do I hide my data from a colleague
who can see my profile
how do I share my screen
how do I report an error in the translation
how do I complain about a product in my shop
how do I add a doctor to the calendar
how do I book an emergency slot
how do I set up the panic button
how do I export a report
the export does not work
my export failed twice
the button does nothing
the page is slow today
my chart looks wrong
I cannot find the settings
how do I invite a colleague
how do I remove a user from the team
how do I give a colleague access to a project
can I limit who sees a report
how do I set up two-factor authentication
how do I turn on single sign-on
I forgot my password
how do I change my password
I cannot log in, I forgot my password
the reset e-mail does not arrive
my account is locked after three attempts
where do I see who logged in
is my data encrypted
where are your servers
do you have a security certificate
which encryption do you use
do you have ISO 27001
where can I read your privacy policy
where do I find the terms of service
do you have a data processing agreement
can I get a copy of the contract
where do I enter our legal name
how long do you keep data
how do I delete a project
how do I delete my account
how do I export all my data
where can I download my invoices
I need an invoice for March
can you send me the receipt
how do I change the billing address
how do I change my payment method
my card was declined
how do I update my credit card
which payment methods do you take
can I pay by bank transfer
when will I be billed
how much does the larger plan cost
what does an extra seat cost
is there a discount for non-profits
how do I upgrade
how do I downgrade my plan
how do I cancel my subscription
what happens when my trial ends
can I get a refund if I cancel in the first week
what is your refund policy
how do I refund a customer in your app
how do I add VAT to an invoice
how do I make an invoice for my client
what does this fee mean
when is the next maintenance
is there a status page
what is your uptime
the chart takes long to load
the page loads slowly for me
I get an error when I save
I see error 404 on this page
the upload stops at 80 percent
the import says invalid file
the file does not open
the search finds nothing
my dashboard is empty
the app crashes on my phone when I open a photo
the link in the mail is broken
the sync is delayed
the webhook does not fire for this order
one of my integrations stopped
I do not get notifications
the filter does not work
the drop-down does not open
how do I scroll down
please slow down the animation
the report shows the wrong date
how do I share a dashboard
can others see my draft
how do I make a report public
how do I hide a column
how do I block a contact
how do I report spam
where do I report a bug
I want to report a typo
how do I kill a running job
the job hangs, how do I stop it
how do I end a session
how do I take over a task from a colleague
how do I transfer ownership
I have changed my phone number
I lost my phone, how do I move the authenticator
I moved to another company
how do I change my e-mail address
how do I connect my calendar
how do I use the api
where do I find the api key
how do I rotate the api key
my api call returns 400
what is the rate limit
how do I set permissions
how do I restore a deleted file
I deleted a file by mistake
how do I undo
how do I print a report
what does pending mean
why is my order pending
when does my card arrive
how do I activate my card
how do I top up my account
my transfer has not arrived yet
what is the exchange rate
why was my transfer declined
how long does a transfer take
can I get a second card
how do I order a new card
my card does not work at the machine
how do I change my pin
can I use my card abroad
how do I set a spending limit
I don't understand this screen
this is confusing
this is annoying
I am frustrated with the new editor
this feature is useless
your app is too slow
why is this so complicated
I'm stuck on step two
I give up on this form
thanks, that helped
great, it works now
hello
good morning
ok
yes please
no
what can you do
tell me a joke
what time is it
do you like music
I love your product
you killed it with this release
this new design is killer
my laptop died during the demo
the deadline is killing me
the server hosting fee, where do I find it
how do I record an accident in the log
how do I file an injury report in the form
how do I set up an emergency contact
how do I add a safety check list
how do I track a delivery driver
how do I create a legal entity
how do I upload a contract
how do I send a contract for signature
our lawyer needs read access, how do I invite her
how do I create an incident report template
how do I configure an alarm
how do I test the alarm
can I export the audit log
how do I see failed logins of my team
how do I revoke a session
can I mark an invoice as paid
how do I split a payment
how do I handle disputes from my buyers
how do I charge a customer twice a month
how do I set the charge date
where is the charge history
what does downtime mean in the report
how do I show service status on my site
how do I schedule maintenance for our machines
I have a question about my plan
can you recommend a plan for ten people
does the app work offline
how do I work offline
the battery level is not shown
how do I see battery status of a device
hi, a quick question about charts
hello, short question on columns
hey, one thing about exports
I have a question about permissions
what is the difference between a user and a seat
what is the difference between a person and a company in the list
where can I see who signed in last
where do I find the log of changes
what is shown on the privacy page
do you have a page about privacy
what is the form for accidents used for
can I add an emergency number to a location
does the scanner work with QR codes
what happens to my files when my plan ends
how do I tag a case as closed
how do I file documents in a matter
which plan fits a law office
how do I add small print to an e-mail
is phone support part of the plan
how do I record a call
hi, quick question about dashboards
hello there, a question about notifications
what is the difference between a lead and a customer
how do I turn a contact into a person
what is a person record
how do I merge two persons
where do I see when somebody last logged in
show the login history of my team
where is your privacy policy
how do you store my data
what happens to my projects when I cancel
can the scanner read a barcode
how do I connect a scanner
a colleague left, how do I remove the user
how do I add a disclaimer to my signature
where can I switch the assistant off in my settings
how do I plan a call with a lead
is there anyone on the list by default
"""
