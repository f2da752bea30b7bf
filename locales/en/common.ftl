# Words that every part uses: months, weekdays, roles, the menu, and faults.
# dynamic: month-*
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
# dynamic: weekday-*
weekday-0 = Monday
weekday-1 = Tuesday
weekday-2 = Wednesday
weekday-3 = Thursday
weekday-4 = Friday
weekday-5 = Saturday
weekday-6 = Sunday
# dynamic: role-*
role-officer = Enforcement officer
role-coordinator = Enforcement coordinator
role-adviser = Safety adviser
role-mayor = Mayor
role-council-member = Council member
role-intake = Intake desk
role-process-director = Process director
role-partner = Somebody of a partner
role-bibob-officer = Bibob officer
role-social-officer = Social domain officer
role-care-officer = Officer for compulsory care (Wvggz)
role-crisis-officer = Crisis care officer
role-privacy-officer = Privacy officer
role-administrator = Administrator
# dynamic: menu-*
menu-desk = My work
menu-signals = Reports
menu-intake = Take a report
menu-picture = Safety picture
menu-roster = Rosters
menu-deployment = Deployment
menu-street = On the street
menu-youth = Young people
menu-wrecks = Wrecks
menu-rounds = Rounds
menu-campaigns = Campaigns
menu-field = App for the street
menu-board = On the street now
menu-sanctions = Sanctions
menu-plan = Plan and account
menu-records = Records
menu-partners = Partners
menu-rights = Requests
menu-audit = Audit trail
menu-accounts = Accounts
# dynamic: fence-*
fence-municipality = This belongs to another municipality.
fence-authorised = You are not authorised for this processing. Ask your manager for an authorisation.
fence-step-up = First show again that it is you, with your second factor.
fence-purpose = First say what you need this for.
fence-hat = Choose the right hat: open police data as an investigator, ordinary data as a supervisor.
fence-covenant = No covenant with your organisation is in force for these data. Ask your contact at the municipality.
fence-office = These data open in the office only, on the municipality's network.
fence-participant = You do not take part in this case.
fence-targeted = This is older than a year. Search for it, with a reason.
fence-removed = This was removed from daily work.
# dynamic: fault-*
fault-not-found-title = This page does not exist
fault-not-found-text = Check the address, or go back to the start page.
fault-method-title = This is not possible on this page
fault-method-text = This page exists, but not for what you sent to it. Go back to the start page.
fault-sign-in-title = Sign in first
fault-sign-in-text = This page is for staff only. Sign in and try again.
fault-refused-title = You may not see or do this
fault-refused-text = Your role gives no access. Do you need this for your work? Ask somebody who may.
fault-fenced-text = Your role may do this, but something is missing. This page does not say whether there is anything to find.
fault-why = Why not?
fault-step-up = Show again that it is me
fault-invalid-title = Something is wrong with your data
fault-invalid-text = Correct the data below and send it again.
fault-stale-title = Somebody else was first
fault-stale-text = A colleague changed this after you opened the page. Go back, refresh the page and look at the new state. Your text is still in the form.
fault-rule-title = This is not possible now
fault-bad-title = We do not understand the request
fault-bad-request = The data are not complete or cannot be read. Go back and try again.
fault-bad-encoding = The text cannot be read. Send it as UTF-8.
fault-bad-json = This is not valid JSON. Check brackets, commas and field names.
fault-too-large-title = The file is too large
fault-too-large-text = You cannot send more than { $mb } MB at once. Choose a smaller photo.
fault-wait-title = Please wait
fault-wait-text = { $n ->
    [one] You tried too often. Wait one minute.
   *[other] You tried too often. Wait { $number } minutes.
 }
fault-other-site-title = This request came from another website
fault-other-site-text = For your safety we do not carry it out. Open this website yourself and try again.
fault-internal-title = Something went wrong on our side
fault-internal-text = This is not your fault. Try again in a few minutes. What you sent was not processed.
fault-who = These roles may do it:
fault-to-start = To the start page
