# Why another server gave nothing. Variable: $detail.
fetch-address = “{ $detail }” is no web address that Regie may open. An address begins with https://.
fetch-private = “{ $detail }” lies in a private network. Regie fetches nothing there.
fetch-slow = The other server did not answer in time. Try again later.
fetch-too-long = The answer is larger than { $detail } MB. Ask for a smaller file.
fetch-redirects = The address sends on too often. Give the real address of the file.
fetch-later = The other server is busy. Try again later.
fetch-status = The other server answered with error { $detail }. Check the address.
fetch-down = The other server cannot be reached ({ $detail }).
