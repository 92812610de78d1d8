"""Texts that teach `matter_model` how people hint at each matter. One text a line."""

SAFETY = """
I don't think I'll be around much longer
everybody would have it easier if I just disappeared
I have written my goodbyes
there is no point in waking up tomorrow
she says it will all be over tonight and gives away her things
my friend stopped answering after she wrote that she has had enough of life
a man in the forum describes how he will do it
he keeps turning up wherever I check in with the app
my former husband reads where I go and waits outside
she knows what time my daughter leaves the house and writes it under my posts
the barrier came down while people were still under it
the crane lifted although the panel said locked
the pump keeps running after we press stop and somebody stands next to it
the display said the tank was empty and it was not, our man breathed it in
the nurse gave twice as much because the list was not updated
the car went on when it should have braked
the plug gets so hot that the wall turned black
sparks fly when I connect the power supply
the guest had nuts although the order said no nuts, she is in hospital
the heating came on by itself and the child's room reached forty degrees
a grown man asks girls in the group for photos
the elevator moved with the doors open
"""

SECURITY = """
a person we let go last year is still reading our documents
an account that belongs to nobody here has been active all night
my history lists a city I have never been to
the app says I am in Peru and I am in Hull
at four in the morning something was exported and the office was empty
there is one more administrator than there should be
I get pass codes on my phone although I am not doing anything
a competitor knows our price list and it was only ever stored with you
I put in my login on a page that was not yours after all
when I change the number at the end of the link I get to a stranger's page
the list shows orders of a shop that is not mine
I was looking at my profile and it had the name of somebody else
my neighbour saw my bills in his account
a search engine shows documents that we never published
a mail in your name asked me for my card number
invoices with our letterhead and a new bank account went out to our clients
somebody is answering our customers and it is none of us
the files have new names and a text file says how much to pay
our salaries were readable for anybody with the link
the token in your log is shown in full
our password is in a list that is being passed around
the contractor's access ended in May and he was in yesterday
"""

LEGAL = """
a judge will have to settle this
my cousin is an advocate and says we have a strong case
you can explain that to our barrister
the next letter you get will not be from me
this is in the hands of our legal advisers now
what you promised in the agreement and what you delivered are two things, and we will act on that
you did not keep to what we signed, and that will cost you
who pays for what your mistake has cost us
our insurer asks who is at fault
tell me in writing what you have stored about me
I want to know which companies got my details from you
take me off all your lists and forget me
nothing about me should remain with you
you put my picture on your site and nobody asked me
those drawings are ours and you sell them
you use words from our site as if they were yours
the supervisory office has opened a file because of your software
inspectors want to see how you handle our patients' data
we have a deadline from the authority and need your answer
the staff council objects to how your app watches people
I am keeping a record of all this for the hearing
we know our rights and will use them
"""

BILLING = """
what we pay and what we agreed are two different things
the offer said 30 a month and the bank says 45
our bookkeeper finds you two times in the same month
your company shows up three times on my statement
I ended it in spring, the withdrawals did not end
we left you last year and still pay
the first month was to cost nothing and it cost 60
you told us the introduction was free of charge and now it is on the bill
nine people work here and we pay for twenty
we pay for licences of people who are long gone
we refused the add-on and it is on the bill all the same
I do not see what the 300 are for
nobody here ordered what you collect for
the figure at the bottom is much too high, have another look
that sum can't be right
right after the renewal it became a third dearer without a word
please put the 180 back on my card
I would like to have back what you collected on Friday
my bank has stopped your payment and I agree with it
our finance people will not release this payment
until this is corrected no more money comes from us
the reduction the salesman gave us has never shown up
we were told we could leave at any time and now we are to pay the whole year
I sent it back and have not seen my money since
my card paid for somebody else's plan
we were promised a credit note and nothing has come
the amount on our bill rose and nobody told us why
"""

OUTAGE = """
we have gone back to writing by hand
I had to send the whole shift home because nobody can do a thing
twenty people are sitting in front of it and drinking coffee
all I hear from the floor is that it keeps loading
each of us has the same empty screen
since noon it is as if somebody had cut the cable
not a single order has reached us since last night
our customers get no further than the first page because yours does not answer
the scanners find nothing any more and the lorries are queueing
our tills do not talk to you any more and people leave the shop
no page of yours has opened for us all day
your login page never finishes, neither here nor in our other branch
we opened it this morning and a year of work was not there
the list was full on Friday and is empty today
months of notes are missing
our site stands still because your script hangs
half the country seems to have the same trouble with you as we have
it has been hanging for hours on all our machines
the field crew sees nothing, the office sees nothing
deliveries pile up because the labels do not come out of your system
my people sit around with nothing to do until this works again
"""
