# Spoken notes of officers with a report.
voice-label = Spoken note of { $officer }, { $at }
voice-label-nobody = Spoken note, { $at }
voice-words = The words of the report should say the same. Do they not? Then put it in a note for colleagues. Only staff can hear this.
voice-unscanned = Not checked for viruses
voice-remove = Remove the spoken note
voice-remove-text = The recording is destroyed. The words of the report stay. Do you hear a conversation, or anybody but the officer? Then remove the recording.
voice-remove-sure = Destroy the recording
voice-event-removed = Spoken note removed
voice-empty = There is no sound in the spoken note. What you wrote is kept.
voice-large = The spoken note is larger than { $most } MB and was not kept. What you wrote is kept.
voice-kind = The spoken note is no sound that we can keep. What you wrote is kept.
voice-film = There are pictures in the spoken note. We only keep sound. What you wrote is kept.
voice-virus = Our virus scanner found something dangerous in the spoken note. It was not kept. What you wrote is kept.
voice-scanner = We cannot check the spoken note for viruses now. The phone tries again later.
voice-many = There is a spoken note with this observation already. We do not keep a second one.
