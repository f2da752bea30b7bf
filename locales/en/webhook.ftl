# Webhooks: other systems that are told at once.
webhook-title = Notices to other systems
webhook-lead = Regie sends a short, signed message as soon as something changes. It holds no words and no persons: the other system fetches the rest itself, with its own rights.
webhook-new = Add a receiver
webhook-none = No receivers yet
webhook-none-text = Add a system that wants to hear of new and changed reports.
webhook-name = Name
webhook-name-hint = As colleagues know the system, for instance Waste management
webhook-name-missing = Enter a name.
webhook-name-long = Make the name shorter: at most 100 characters.
webhook-host = Server
webhook-state = State
webhook-last = Last answer
webhook-waiting = Waiting
webhook-source = Sender in each message:
webhook-url = Web address
webhook-url-hint = Begins with https://. The administrator of the other system gives you this address.
webhook-url-missing = Enter the web address.
webhook-url-wrong = Enter a web address that begins with https://, without a user name or password.
webhook-url-private = This address lies in a private network. Regie sends nothing there. Choose an address on the internet.
webhook-url-refused = The server at this address says that it wants no messages from Regie. Ask the administrator of that system to allow Regie.
webhook-types = Which messages
webhook-types-missing = Choose at least one kind of message.
webhook-types-all = All
# dynamic: webhook-type-*
webhook-type-signal-created = New report
webhook-type-signal-changed = Report changed
webhook-type-webhook-test = Test message
webhook-add = Add
webhook-cancel = Cancel
webhook-active = Active
webhook-failing = Failing since { $since }
webhook-paused = Paused
webhook-given-up = Stopped, failed since { $since }
webhook-never = Nothing sent yet
webhook-answered = Answer { $status }
# dynamic: webhook-said-*
webhook-said-slow = No answer in time
webhook-said-down = Server cannot be reached
webhook-said-private = Address lies in a private network
webhook-said-address = Not a good web address
webhook-said-too-long = Answer too long
webhook-secret-title = The secret of this receiver
webhook-secret-once = You see this secret only once. Store it in the other system now.
webhook-secret = Secret
webhook-secret-text = With this secret the other system checks that a message really comes from Regie. Did you lose it? Then make a new secret.
webhook-overlap = { $n ->
    [one] The old secret stays valid for another hour.
   *[other] The old secret stays valid for another { $number } hours.
 }
webhook-secret-kept = I have stored it
webhook-welcome = When it was added
webhook-welcome-allowed = The server said that it wants messages from Regie.
webhook-welcome-silent = The server does not know this question. The administrator answers for it.
webhook-welcome-unreachable = The server could not be reached. Send a test message.
webhook-test = Send a test message
webhook-pause = Pause
webhook-resume = Switch on again
webhook-rotate = Make a new secret
webhook-deliveries = Last messages
webhook-no-deliveries = No messages yet
webhook-no-deliveries-text = Send a test message to see whether it works.
webhook-when = When
webhook-what = Message
webhook-tries = Tries
# dynamic: webhook-notice-*
webhook-notice-waiting = Next try { $next }
webhook-notice-done = Delivered
webhook-notice-given-up = Given up
webhook-delete = Remove receiver
webhook-delete-sure = Yes, remove this receiver and the list of messages
webhook-delete-unsure = First tick that you are sure. Go back and try again.
