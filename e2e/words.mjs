// The texts of the pages, from the same files as the program: a test names a button by its key, not by its wording.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './server.mjs'

function read(language) {
  const dir = join(root, 'locales', language)
  const texts = new Map()
  for (const file of readdirSync(dir).filter((name) => name.endsWith('.ftl'))) {
    let key
    for (const line of readFileSync(join(dir, file), 'utf8').split('\n')) {
      const found = line.match(/^([a-z][a-z0-9-]*) = (.*)$/)
      if (found) [, key] = found
      // Of a text with a plural form the form for many counts.
      const text = found?.[2] ?? line.match(/^\s*\*\[other\] (.+)$/)?.[1]
      if (key && text) texts.set(key, text)
    }
  }
  return texts
}

const languages = { nl: read('nl'), en: read('en') }

/** What a key looks like that has no text: the program then shows the key. */
const parts = new Set([...languages.nl.keys()].map((key) => key.split('-')[0]))
export const keyPattern = new RegExp(`(?<![\\w/@.-])(${[...parts].join('|')})-[a-z]+(-[a-z0-9]+)*(?![\\w@:])`)

/** The text of `key`, with `values` in the places that ask for them. */
export function t(key, values = {}, language = 'nl') {
  const text = languages[language].get(key)
  if (text === undefined) throw new Error(`no text ${key} in locales/${language}`)
  return text.replace(/\{ ?\$(\w+) ?\}/g, (_, name) => values[name] ?? '')
}

/** A pattern that the text of `key` fits whatever its values are. */
export function like(key, language = 'nl') {
  const parts = t(key, {}, language) && languages[language].get(key).split(/\{ ?\$\w+ ?\}/)
  return new RegExp(parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*'))
}
