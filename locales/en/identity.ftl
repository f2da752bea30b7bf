# Who you are: signing in at the municipality, second factor, sessions, and managing accounts.
identity-with-provider = Sign in with { $name }
identity-with-password = Or with a password
identity-continue = Continue
identity-save = Save
identity-unknown = unknown
identity-back-to-sign-in = Back to sign-in
identity-to-account = To your account
identity-attempt-over = This attempt to sign in has expired or was used before. Start again.
identity-provider-down = { $name } cannot be reached now. Try again in a few minutes. Does it keep failing? Ask the help desk of your organisation.
identity-provider-refused = Signing in with { $name } did not work. Try again. Does it fail again? Ask the help desk of your organisation.
identity-no-group = Your account at { $value } is in no group that has access to Regie. Do you need Regie for your work? Ask your manager to have you put in the right group, or mail { $email }.
identity-several-roles = Your groups stand for more than one role: { $value }. Regie knows one role per person. Ask the administrator which group is yours, or mail { $email }.
identity-ended = An administrator closed this account. Is that wrong? Mail { $email }.
identity-other-person = You signed in as somebody else. Sign out, then sign in again with your own account.
identity-no-second-factor = { $name } does not say that you used a second factor, such as a code or a key. Ask the help desk of your organisation for a second factor for your account.
identity-code-title = Second factor
identity-code = Code
identity-code-app = Code from the app
identity-code-hint = The six digits from your app, or a recovery code.
identity-code-wrong = This code is wrong or was used before. Wait for the next code in your app and type that.
identity-password-wrong = The password is wrong. Try again.
identity-signed-out-title = You are signed out of Regie
identity-signed-out-text = We now send you on to { $name }, so that you sign out there too.
# dynamic: identity-method-*
identity-method-password = password
identity-method-second-factor = password and code
identity-method-provider = through your organisation
identity-method-persona = demo
identity-sessions = Where you are signed in
identity-sessions-of-other = Where this person is signed in
identity-sessions-text = Is there something you do not recognise? End that session and tell the administrator.
identity-sessions-caption = Sessions that are open now
identity-sessions-none = There are no open sessions.
identity-sessions-end = End all sessions
identity-session-browser = Browser
identity-session-place = Network
identity-session-since = Signed in
identity-session-seen = Last used
identity-session-method = How
identity-session-current = this session
identity-session-revoke = End
identity-session-revoke-others = End all other sessions
identity-factor = Second factor
identity-factor-title = Second factor
identity-factor-arrange = View
identity-factor-provider = Your organisation takes care of the second factor.
identity-factor-since = since { $date }
identity-factor-none = not set up yet
identity-factor-intro = With a second factor nobody else can get into your account, not even with your password. You need it for records with extra protection. You use an app on your phone that shows a new code every half minute.
identity-factor-start = Set up a second factor
identity-factor-step-app = Open an app for codes on your phone. Your organisation says which app you use.
identity-factor-step-scan = Scan this code with the app.
identity-factor-step-key = Does scanning not work? Type this key in the app:
identity-factor-step-open = Open the app on this device
identity-factor-step-code = Type the code below that the app shows now.
identity-factor-qr = QR code with the key for your app. The key stands below as text too.
identity-factor-password-hint = So that we are sure that it is you.
identity-factor-confirm = Confirm
identity-factor-there = Your second factor is set up.
identity-factor-lost = Did you lose your phone and your codes? The administrator can take the second factor away. Then you set up a new one.
identity-codes-left = { $n ->
    [0] You have no recovery codes left. Make new ones now.
    [one] You have one recovery code left. Make new ones.
   *[other] You have { $number } recovery codes left.
 }
identity-codes-title = Your recovery codes
identity-codes-done = Done. Below are your recovery codes. You see them only once.
identity-codes-text = If you lose your phone, you sign in with a recovery code. Each code works once. Keep them in a safe place, not with your password.
identity-codes-print = Print this page, or put the codes in your password manager.
identity-codes-kept = I kept the codes
identity-codes-new = New recovery codes
identity-codes-new-text = The old codes then stop working.
identity-codes-make = Make new codes
identity-step-up-title = Show once more that it is you
identity-step-up-lead = { $n ->
    [one] This part has extra protection. After a new check you can work in it for one minute.
   *[other] This part has extra protection. After a new check you can work in it for { $number } minutes.
 }
identity-step-up-enrol = You have no second factor yet. Set it up first.
identity-step-up-demo = Demo: skip the second factor
identity-organisation = Organisation
identity-organisation-own = The municipality itself
identity-organisation-hint = Only for people of a partner.
identity-organisation-missing = Choose which partner this person is of.
identity-organisation-superfluous = This role is for people of the municipality. Choose “The municipality itself”, or choose the role Partner.
identity-email = E-mail address
identity-email-hint = This becomes the user name too.
identity-email-wrong = Type a valid e-mail address, such as name@municipality.nl.
identity-email-taken = There is an account with this e-mail address already.
identity-name-missing = Type the name.
identity-new-title = New account
identity-new-text = The person gets a mail with a link to choose a password. The link works once and is good for 24 hours.
identity-new-button = Make account
identity-edit = Role and organisation
identity-role-by-provider = The role follows from the group at the person's own organisation. Change the group there.
identity-not-yourself = You cannot change your own access. Ask another administrator.
identity-origin = Signs in
identity-origin-local = with a password of Regie
identity-origin-provider = through { $issuer }
identity-ended-at = closed on { $date }
identity-end = Close account
identity-end-text = From that moment the person can see and do nothing. All sessions end, the second factor is gone.
identity-reopen = Open account again
identity-reopen-text = The person gets a mail with a link to choose a new password. Who signs in through their own organisation can do so at once.
identity-factor-reset = Take second factor away
identity-link-send = Mail a link for a new password
identity-link-over = This link has expired or was used before. Ask the administrator for a new link.
identity-no-link = This account cannot get a link: it is closed, has no e-mail address or signs in through its own organisation.
identity-mail-subject = Choose your password for Regie ({ $municipality })
identity-mail-body =
    Dear { $name },

    You can sign in to Regie of { $municipality }. Your user name is { $username }.

    Choose a password by this link. The link works once and is good for { $hours } hours:
    { $link }

    Did you not ask for this? Tell the administrator.
identity-welcome-title = Choose your password
identity-welcome-text = Choose a password of at least 12 characters. A sentence that you remember well is strong.
identity-welcomed-title = Your password is kept
identity-welcomed-text = You can sign in now. Then set up your second factor at once.
identity-password-new = New password
identity-password-hint = At least 12 characters. Spaces are fine.
identity-password-again = Once more
identity-password-keep = Keep password
identity-password-short = Choose a longer password: at least 12 characters.
identity-password-long = Choose a shorter password: at most 200 characters.
identity-password-common = This password is easy to guess. Choose another one.
identity-password-own-name = This password is almost wholly your name, your address or the municipality. Choose another one.
identity-password-differs = The two passwords are not the same. Type it once more.
