"""Texts that ask for a human, and texts that only mention people, for `tone`. One text a line."""

ASKS_PERSON = """
I want to speak with a human
can I talk to a real person
please connect me with an agent
I need somebody from support
transfer me to customer service
let me chat with a representative
could someone call me
call me back please
put me through to your team
I'd rather deal with a human being
not a bot, a person please
get me a manager
escalate this to someone who can decide
is there anyone I can talk to about this
how can I contact your support team
who can I call about my invoice
I would like to arrange a call with my account manager
can a colleague of yours look at this with me
somebody please help me in person
live agent
operator
representative
human please
I don't want to talk to a machine any more
this bot can't help me, give me a person
may I speak to someone responsible
have one of your engineers get in touch
I need to talk this through with someone
can we have a call about this
I want to hear from a real employee
pass this on to a person
let a human decide
what number do I ring to reach you
I'd like to be contacted by an advisor
hand this conversation over to a member of staff
is a person available right now
I only want to deal with people
could you get someone to join this chat
I insist on speaking to a supervisor
let me talk to whoever is in charge
you can't fix it, let me have someone who can
get me off this thing and onto someone who knows
what's the quickest way to a person
please let support know that I need them
a human should look at this
can somebody real read my message
let us talk about this on the phone
stop replying automatically
I want a conversation, not articles
would love to speak to someone live
let my csm know I need help
is anybody from support online
get your colleague
I'd like human eyes on this
who can I turn to
an actual employee should answer this
could you summon somebody
I would like to complain to your boss
need live help
send a technician
is somebody going to read this at all
where are the people behind this product
who looks after our account these days
who is responsible for customers like us
whom do I bother to get this sorted
I have had my fill of links and articles
the fourth article says the same as the first three
your automatic answers get me nowhere
this is beyond what a program can answer
a program will never understand what I mean
it would be quicker to tell one of you
I could explain this in a minute if someone listened
I am no good at typing, could you ring me
do you answer the telephone
what are your phone hours
I would sooner ring than write
once upon a time you could simply ring a firm
could the gentleman from yesterday get back to me
can Peter from your team have another look
we used to have a contact at your company
nobody has looked after us since the contract was signed
we pay for priority support and hear nothing
the salesman said there would always be someone for us
I would be glad of a few minutes of somebody's time
please have somebody look at this with fresh eyes
this is too complicated to put into writing
I do not want to discuss this with software
how loud do I have to shout until somebody comes
is there a support team at all
we would like to sit down with one of you
"""

ASKS_NO_PERSON = """
how do I add a person to my team
can I give someone else access to my account
how do I assign an agent to a queue
invite a colleague to the workspace
someone used my card
how do I change the contact person
where can I edit phone numbers of contacts
how do I transfer money to somebody
is there an API to list people
the support article is out of date
how do I set up the live chat for my site
add a manager role
call the endpoint with a token
show the call history
is the chat history kept
I am the account owner
how do I export the list of agents
can two people share a seat
human resources needs the export
the operator field is empty
how many members can I have
the agent fixed it, thanks
I already spoke to someone and it is solved
no need to call me
I don't need a person, only the link
notify a person when the report is ready
which team owns this dashboard
schedule a meeting in the calendar
the person filter does not work
my colleague cannot log in
how do I contact my customers by mail
escalation rules are not applied
people cannot see my page
how do I talk to the database
verify that I am human
remove someone from a project
where do I see who called
why does anyone see my private notes
send an invitation to somebody
support for Excel files
how do I transfer to another person's account
make somebody an admin
does the app send a message to a person
how do I assign a ticket to a support agent
can I see who read my message
share a link with a client
what can you do
who are you
are you a bot
can you help me with the settings
which person approved the payment
send the report to my manager
someone else is editing this page
how do I change the account manager of a client
can the manager approve hours on the phone
how do I pass a conversation on to another team
how do I route new chats to an agent
how do I see which agent replied
can two agents share an inbox
where do I set opening hours for my shop
do you support calls in the browser
how do I let clients book a call
how do I list who is responsible for a task
who can approve a request
how do I show the phone hours of my practice
can the bot answer in two languages
how do I switch off automatic answers for my site
is there an article on imports
how do I mention somebody in a comment
how do I write to all members
my client wants to see the report
"""
