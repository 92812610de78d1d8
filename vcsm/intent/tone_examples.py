"""Texts written for this product that teach tone. One text a line."""

NEGATIVE = """
this is the third time the export fails and nobody answers
I've been waiting for two days, this is unacceptable
your app is useless
the page keeps crashing and I lost an hour of work
why is this so complicated
nothing works today
I am really frustrated with this
this is ridiculous
still not fixed
you charged me twice again, what is going on
I want my money back, this does not do what you promised
the import deleted half of my contacts!!
this is a joke
I clicked save ten times and nothing happens
another outage? seriously?
worst release so far
I can't get anything done because of this bug
we are losing customers because of your downtime
the new design is horrible
it is so slow that my team stopped using it
I give up
this makes no sense at all
how can such a basic thing be broken for weeks
I am disappointed with the support so far
your documentation is wrong again
terrible experience
we will cancel if this is not solved
I'm going to move to another tool
why do I have to log in every five minutes, so annoying
the numbers in the report are wrong and I presented them to my boss
I have tried everything and it still fails
useless answer
that did not help at all
you are not listening
I already told you that twice
the mobile app is unusable
this bug cost us a client
I'm fed up
not happy with the price increase
what a waste of time
the button does nothing, come on
it says success but nothing was sent
my data is gone
can't log in again and I have a deadline in an hour
stop sending me these e-mails
this is getting worse every week
I regret upgrading
no one told us that feature would disappear
your integration broke our whole workflow
I'm stuck and getting nowhere
error after error after error
it just spins forever
this form is driving me crazy
so confusing, I have no idea where anything is now
I hate the new editor
very poor service
the invoice is wrong for the third month in a row
unbelievable
we paid for this and it doesn't work
I expected better
why was my account blocked without a word
this should not be so hard
it's broken
doesn't work
it never works
my whole team is blocked
this is urgent, everything is down
how is this still a problem
awful
annoying that I need to redo the whole set-up
frustrating
your last update ruined the dashboard
I am about to lose my patience
sync failed again
I feel ignored
horrible, just horrible
you keep asking me the same question
the charts are wrong, I can't trust this any more
nobody in my team understands this screen
so disappointed
"""

NEUTRAL = """
how do I export a report as PDF
where can I change my password
can I add a second address to the invoice
what does the status pending mean
is there a limit on the number of projects
how do I invite a colleague
which time zone do the reports use
I would like to change my plan
please send me the invoice for March
does the import accept Excel files
how long does a transfer take
where do I find the API key
I want to connect my calendar
what is the difference between an admin and an owner
can two people edit the same page
I need to change the billing address
how do I set up single sign-on
is the data stored in Europe
we have 40 seats and need 10 more
how can I filter by date
the file has 2,000 rows
I use Firefox on Windows
my account number is 4471
it happens on the settings page
yes
no
ok
the second one
I clicked on the blue button
how do I archive a project
can I download all my data
when does the trial end
do you have an integration with Slack
what happens when I delete a user
how do I change the language
I am looking for the audit log
can I schedule the report for Monday
please cancel my subscription at the end of the month
is there a keyboard shortcut for search
how do I merge two contacts
what are the fees for card payments
how do I activate my card
I moved and need to update my address
can the webhook send a custom header
where is the list of past invoices
how many users are included in the plan
I'd like to know how permissions work
what is the maximum upload size
how do I restore a deleted item
which browsers do you support
we switched to the annual plan last week
how do I reset two-factor authentication
can I rename a field
I am writing about order 5512
is it possible to duplicate a dashboard
the name on the card is Maria Silva
how do I undo the last import
where can I see the usage of this month
does the mobile app work offline
how do I remove a payment method
I got an e-mail about a new version
what does error 403 mean
how do I share a folder with a client
can I pay by bank transfer
hello
good morning
I have a question about roles
it is about the invoice of last month
both
maybe later
I am on the billing page
how do I turn notifications off
my role is editor
is there an API for that
tell me more about the enterprise plan
how do I check the exchange rate
can I change the owner of a workspace
what is my current plan
we want to roll it out to another office
how do I print labels
I need the statement for my accountant
can I use my own domain
how do I verify my identity
"""

POSITIVE = """
thanks, that solved it
great, works now
perfect
awesome, thank you so much
I love the new dashboard
this is exactly what I needed
you saved my day
that was quick, thanks
brilliant
the new search is so much faster, well done
very helpful, thank you
my team really likes it
good job on the last release
works like a charm
excellent support
thank you!
nice, didn't know that was possible
I'm impressed
super easy
this feature is fantastic
we are happy with the product
great service as always
wonderful
it's working again, thanks a lot
love it
cheers, got it sorted
that answered my question, thanks
amazing how simple this was
the onboarding was really smooth
best tool we have used so far
so glad you added this
thanks for the fast reply
you guys rock
beautiful design
I recommended you to a friend
happy to say the import went through
finally, that is great
big improvement
I appreciate your help
everything is fine now, thank you
that is a really clever shortcut
yay it worked
delighted with the result
kudos to the team
this saves us hours every week
we renewed because it just works
smooth and fast
very clear explanation
sweet
good news, it is solved
pleasant surprise
I enjoy using this
"""


def lines(block: str) -> list[str]:
    return [line for line in block.strip().splitlines() if line]
