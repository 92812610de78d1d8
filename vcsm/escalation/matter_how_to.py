"""How-to questions that sound like a matter, for `matter_model` to leave alone.

One text a line. Makers of software for lawyers, shops or plants get questions like these all day.
"""

HOW_TO = """
how do I record an emergency number for a member of staff
where do I enter who to call in case of an emergency
how do I plan an evacuation exercise
how do I document an accident for the insurance
where is the checklist for safety rounds
which report lists near misses
how do I add first-aiders to the plan
can I set an alarm for low stock
how do I stop a process that hangs
how do I handle an error 404 in my code
what does dead stock mean
what does a dead link mean in the crawl report
how do I kill a query that takes too long
how do I track the stock of medicine
how do I note an allergy on a guest's card
how do I mark a device as faulty
how do I print a warning label
who can read my drafts
who is able to see a private board
who may see the salaries column
is there a record of changes to rights
is there a history of who changed a permission
how do I see which devices are signed in
how do I run a training about fake mails
where are the results of the security training
how do I start a scan of my own site
how do I report on incidents by month
how do I restrict a page to one team
how do I close a public link
how do I block a sender
how do I hide the e-mail address of my staff
how do I lock a table for editing
which login methods are there
how do I force a new password every quarter
how do I limit access to our office network
do you have a data protection agreement to download
where can I sign the agreement on data processing
can I add a legal notice to my messages
how do I put terms and conditions on the checkout page
how do I set how long records are kept
how do I set up the banner for cookies
how do I add a clause to a contract template
can the solicitor role edit a case
how do I track hearings in the calendar
how do I number exhibits
how do I record who gave consent
which plan is for law firms
how do I tag a patent file
how do I log a complaint of one of my guests
how do I set the notice period in a contract
do you give refunds on yearly plans
do you refund the rest of the month when I cancel
is a refund possible within the first days
how does a refund work when I switch plans
how do I give a buyer their money back in the shop module
how do I book a chargeback
how do I flag a bill of a supplier as contested
how do I write a credit note
what is the fee per transaction
how are seats prorated
when is the next invoice due
why does the preview show another price than the list
how do I set prices per region
how do I add a late fee to my invoices
how do I bill a client twice a month
how do I send a payment reminder to my clients
how do I stop a recurring invoice
can I see what we paid last year
how do I split the costs between departments
how do I get a message when my own server stops
how do I watch whether my site is up
how do I publish planned downtime
can I look at past incidents on the status page
how do I report broken links
how do I see which calls failed last week
what does the error rate show
how do I set how long a call waits
how do I bring back a page from the bin
how do I empty a list
what do I see when I work without a connection
why is the chart empty for last week
my own website is slow, can your analyser tell why
how do I show that a machine is off
how do I find records without an owner
"""
