# The set for the yearly internal audit of the Wpg.
auditpack-title = Internal audit of police data { $year }
auditpack-lead = This set belongs to the yearly internal audit of the Police Data Act (Wpg article 33). It says who was allowed to work with police data of officers, what happened and what stands out. The content of files is not in it.
auditpack-how = Each file holds exactly what was recorded. The file manifest.json names the check number (SHA-256) of each file. The set was made from the vault of police data and the ordinary data, and from no other vault.
auditpack-made = Made on
auditpack-period = Period
auditpack-subject = Subject
auditpack-file = File
auditpack-rows = Rows
auditpack-notes = What stands out
auditpack-nothing-notable = Nothing stands out in what was recorded.
auditpack-article-11 = Automated comparison and processing in combination under Wpg article 11 is not open to officers. Regie cannot do it. Targeted queries that gave more than one record stand in combinations.csv.
auditpack-refused = A refused attempt to open something leaves no line in this set. In deviations.csv stands who opened or queried a vault without an authorisation in force then.
auditpack-unfinished = This year is not over. So the set is not complete yet.
# dynamic: auditpack-title-*
auditpack-title-authorisations = Authorisations
auditpack-title-openings = Vault opened, with purpose and reason
auditpack-title-targeted-queries = Targeted queries after a year
auditpack-title-combinations = Combinations
auditpack-title-disclosures = Disclosures
auditpack-title-deviations = Deviations
auditpack-title-suspected-unlawful = Suspected unlawful processing
auditpack-title-requests = Requests of data subjects
auditpack-title-retention = Proofs of destruction
auditpack-title-stock = What there is now
auditpack-title-chain = Audit trail: whole or not
# dynamic: auditpack-text-*
auditpack-text-authorisations = Wpg articles 6 and 32: who, for what, why, granted, refused or withdrawn by whom.
auditpack-text-openings = Wpg article 3: who opened the vault, in which capacity and why.
auditpack-text-targeted-queries = Wpg article 8(2): queries with a recorded reason.
auditpack-text-combinations = Wpg article 8(3): queries that brought more than one record together.
auditpack-text-disclosures = Wpg articles 16 to 20: to whom, on which basis, for what and which fields.
auditpack-text-deviations = Opened or queried without an authorisation in force then.
auditpack-text-suspected-unlawful = Wpg articles 32 and 33a: what, when noticed, reported, and what was done.
auditpack-text-requests = Wpg articles 25 to 28: kind of request and term, without names.
auditpack-text-retention = Wpg article 14: what was removed and destroyed, without personal data.
auditpack-text-stock = Number of records by processing, how many of them are removed, and the oldest.
auditpack-text-chain = Wpg article 32a: the chain of the trail recalculated from start to end, with the day stamps.
# dynamic: auditpack-note-*
auditpack-note-deviations = { $n ->
    [one] Once a vault was opened or queried without an authorisation in force then. See deviations.csv.
   *[other] { $number } times a vault was opened or queried without an authorisation in force then. See deviations.csv.
 }
auditpack-note-suspected-unlawful = { $n ->
    [one] One suspicion of unlawful processing is not settled yet.
   *[other] { $number } suspicions of unlawful processing are not settled yet.
 }
auditpack-note-requests = { $n ->
    [one] One request of a data subject was answered too late.
   *[other] { $number } requests of data subjects were answered too late.
 }
auditpack-note-chain = { $n ->
    [one] The audit trail does not hold in one place. Find out at once. See chain.csv.
   *[other] The audit trail does not hold in { $number } places. Find out at once. See chain.csv.
 }
