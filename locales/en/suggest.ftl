# A suggested category.
suggest-because = Because you wrote: { $words }
