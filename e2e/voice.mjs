// A spoken note: recorded on the phone without reception, heard on the page of its report. The browser's microphone beeps.
import { expect } from './lib.mjs'
import { t } from './words.mjs'

const app = (key) => t(`field-app-${key}`)
const press = (page, key) => page.getByRole('button', { name: app(key), exact: true }).click()

/** Plays the sound on a page to its end; gives its length in seconds. */
const plays = (page) =>
  page.locator('.voice audio').evaluate(async (audio) => {
    audio.muted = true
    const ended = new Promise((done, fail) => {
      audio.onended = done
      audio.onerror = () => fail(new Error(audio.error?.message))
    })
    await audio.play()
    await ended
    return audio.duration
  })

/** Draws the form anew. */
const again = (page) =>
  page.evaluate(() => {
    const here = location.hash
    location.hash = '#more'
    location.hash = here
  })

/** On the form of an observation: without recorder or microphone a sentence and no dead button; else what was said is kept. */
export async function speak(page, clean) {
  await page.evaluate(() => {
    window.kept = window.MediaRecorder
    delete window.MediaRecorder
  })
  await again(page)
  await page.locator('.voice', { hasText: app('voice-absent') }).waitFor()
  expect.equal(await page.locator('.voice button').count(), 0, 'buttons without a recorder')
  await page.evaluate(() => {
    window.MediaRecorder = window.kept
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('refused', 'NotAllowedError'))
  })
  await again(page)
  await press(page, 'voice-start')
  await page.locator('.voice', { hasText: app('voice-denied') }).waitFor()
  expect.equal(await page.locator('.voice button').count(), 0, 'buttons without a microphone')
  await page.evaluate(() => delete navigator.mediaDevices.getUserMedia)
  await again(page)
  await press(page, 'voice-start')
  await page.locator('.voice .time', { hasText: '0:01' }).waitFor()
  await clean('6-speaking')
  await press(page, 'voice-stop')
  await page.locator('.voice audio').waitFor()
  await press(page, 'voice-drop')
  await press(page, 'voice-start')
  await page.locator('.voice .time', { hasText: '0:02' }).waitFor()
  await press(page, 'voice-stop')
  await page.locator('.voice audio').waitFor()
  const length = await plays(page)
  expect.ok(length > 1.5 && length < 20, `the phone plays ${length} s`)
}

/** On the page of the report. */
export async function hear(page) {
  const length = await plays(page)
  console.log(`      the page plays ${length.toFixed(1)} s`)
  expect.ok(length > 1.5 && length < 20, `the page plays ${length} s`)
}

/** Its removal: the words stay. */
export async function removed(page, words) {
  await page.locator('.voice summary').click()
  await page.getByRole('button', { name: t('voice-remove-sure') }).click()
  await page.waitForLoadState()
  await page.locator('ol.timeline', { hasText: t('voice-event-removed') }).waitFor()
  expect.equal(await page.locator('.voice').count(), 0, 'the note is there')
  expect.match(await page.locator('blockquote').first().innerText(), new RegExp(words), 'the words')
}
