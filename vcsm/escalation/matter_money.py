"""Ordinary questions about money, orders and accounts, which `matter_model` must leave alone.

One text a line.
"""

MONEY_AND_WORK = """
my card payment was declined
why was my card refused at the shop
my withdrawal was declined
the machine kept my card
the cash machine swallowed my card
my cash withdrawal is still pending
my payment is still pending
my payment shows as pending, when does it go through
my top-up failed
my top-up was cancelled
can you tell me why my top-up did not work
why do I have to verify my identity
my identity could not be verified
which documents do I need to prove who I am
where does the money in my account come from, how do I prove it
why is there a fee for withdrawing cash
is there a charge for card payments
why was I charged a fee for this transfer
do you charge for sending money abroad
which exchange rate do you use
the exchange rate looks different from what I expected
my balance did not change after the deposit
my salary has not arrived yet
the person I sent money to did not get it yet
how do I cancel a transfer
I sent money to the wrong account, can I cancel it
I entered the wrong amount, can I change it
my refund is not showing up yet
how long does a refund take
I returned the item, when do I get the refund
can I return an item and get my money back
how do I request a refund from a shop
I forgot my passcode
my pin is blocked
contactless does not work
my card does not work
my virtual card is not accepted
I lost my card, how do I order a new one
how do I freeze my card
how do I close my account
I want to close my account
how do I get a statement
who can open an account
how old must I be
can I open an account for my child
can my kid use the app
where do I change my name after the wedding
how do I link my bank account
my direct debit, how do I set it up
how do I stop a direct debit
how do I set up automatic top-up
my disposable card stopped working
how many cards can I have
apple pay does not work
where can I use my card
my card is about to expire
the delivery is late
my parcel has not arrived
the item arrived damaged
I received the wrong size
how do I change the delivery address
how do I track my order
my coupon code does not work
can I change my order
how do I cancel my order
is this item in stock
how do I book an appointment
can I move my appointment
where is my ticket
how do I request leave
how do I see my payslip
my payslip shows the wrong hours
how do I enter overtime
how do I add a new employee
how do I approve expenses
my expense report was rejected
how do I sign a document
how do I export contacts to Excel
how do I import a CSV file
the CSV import skips a row
columns are mixed up after the import
can two people edit at the same time
my changes are not saved
the save button is grey
I cannot click on next
the form says my phone number is invalid
the map is not shown
the picture is not uploaded
the video does not play
the sound is too quiet
the text is too small
the app asks me to log in every time
it takes ages until the list is shown
the list is not sorted
the numbers in two reports differ
the total in my chart is wrong
the calendar shows the wrong time zone
I see the same contact twice
the notification came twice
the mail was sent twice
I created the project twice by mistake
I cannot see my colleague's project
my colleague cannot see my dashboard
somebody shared a board with me but I cannot open it
who changed this task
who deleted my comment
who created this invoice
how do I see what my colleague changed
another user edits the page right now
I was removed from a project
why was I logged out
my session expired
I get logged out all the time
I do not get the verification code
the code is not accepted
how do I whitelist your IP addresses
our firewall blocks your app
can I restrict login to our network
how do I add a second admin
how do I deactivate a user who left
does a deactivated user cost anything
do I pay for guests
what happens if I go over the limit
we reached our limit
I want to switch from monthly to yearly billing
where can I see the next invoice
can I get the invoice in another currency
please add our VAT number to the invoice
the invoice should go to another e-mail address
I did not receive the invoice for May
my promo code was not accepted
what is included in the enterprise plan
is there a student discount
can I pause my subscription
I cancelled, when does my access end
I would like to cancel at the end of the month
can I reactivate my plan
you should add a dark mode
I have a feature request
where can I vote for features
when will the new version come out
the update changed the menu, where is export now
I do not like the new design
the help article is wrong
your documentation is out of date
where is your documentation
is there a training
do you have a video about this
is there a fee for using a cash machine
how much does it cost to withdraw money
why do I pay a fee when I use my card abroad
what are the charges for a transfer
I saw a small fee on my transfer, what is it for
was I charged for the top-up
do you charge for the first card
why is there a one dollar charge on my account
the rate you used is not the one I saw
which rate was applied to my purchase
how is the exchange rate worked out
my card payment was cancelled, why
the payment was returned to my account
my purchase was reversed
the shop says the payment was returned
the deposit was returned
my top-up was sent back
how do I prove where my money comes from
why do you ask for the source of my funds
what do you need my passport for
why do you need so much information about me
do I have to verify my identity
I do not want to verify my identity
what happens if I do not pass the identity check
my transfer was refused
the transfer was rejected
why was my payment rejected
the machine did not give me any cash
the machine gave me less than I asked for
the cheque I paid in is not on my account
my cash deposit is not shown
my balance looks too low
my balance is wrong after the transfer
the payment appears two times as pending
how do I cancel a payment that is still pending
I want to take back a payment
I paid the wrong person
please delete my account
I do not need the service any more
I am not satisfied and would like to leave
I want to stop using the app
can I get my remaining balance back
can I send back the card
how do I return something I bought
can I get money back for a purchase
I changed my mind about the purchase
my new card has not come
the card was eaten by the cash machine
my contactless payments fail
the terminal does not take my card
my phone was replaced, what now
I have a new phone
"""
