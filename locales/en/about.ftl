# The pages at the foot of every page.
# dynamic: about-site-*
# dynamic: about-privacy-*
# dynamic: about-accessibility-*
about-contact = Contact
about-organisation = Organisation
about-email = E-mail
about-phone = Telephone
about-site-title = About this website
about-site-lead = Here residents and the municipality of { $municipality } work together on a safe and pleasant neighbourhood.
about-site-what-title = What can you do here?
about-site-what-text = You can report nuisance or an unsafe place and follow what we do about it. Staff handle the reports, plan rounds and account for it to the council.
about-site-open-title = Open software
about-site-open-text = This website runs on Regie. That is open software under the licence EUPL-1.2. Everybody may look at how it works and check it.
about-privacy-title = Privacy
about-privacy-lead = The municipality of { $municipality } only uses data that are needed to handle your report.
about-privacy-what-title = Which data?
about-privacy-what-text = Your report, the place, the time, and a photo if you send one. Your name, e-mail address and telephone number are not required. We remove hidden data from a photo, such as where it was taken. We only set cookies that the website needs to work.
about-privacy-why-title = Why is that allowed?
about-privacy-why-text = The municipality has a task in the public interest: a clean, whole and safe public space (GDPR article 6(1)(e)).
about-privacy-who-title = Who sees my data?
about-privacy-who-text = Only staff who handle your report. The person you report about never sees who you are. This website makes no score of persons, addresses or families. We only count per area and per time.
about-privacy-rights-title = Your rights
about-privacy-rights-text = You may see your data, have them corrected or have them removed. Contact the municipality for that.
about-accessibility-title = Accessibility
about-accessibility-lead = The municipality of { $municipality } wants everybody to be able to use this website.
about-accessibility-how-title = What did we do?
about-accessibility-how-text = The website works with a keyboard, with a screen reader, on a small screen and without JavaScript. Beside every map and chart the data also stand as text or table.
about-accessibility-state-title = How is it now?
about-accessibility-state-text = We test every page automatically against WCAG 2.2, levels A and AA. An independent study by people has not been done yet.
about-accessibility-help-title = Does it not work for you?
about-accessibility-help-text = Let us know. We help you, and we solve the problem.
