// The report form by itself: without JavaScript, by keyboard alone, with bad input, in English.
import { expect, file, photo } from './lib.mjs'
import { like, t } from './words.mjs'

const WORDS = 'Er ligt een grote hoop afval naast de container, al drie dagen.'
const value = (page, name) => page.locator(`[name="${name}"]`).inputValue()
const send = (page) => page.getByRole('button', { name: t('report-send') }).last()
const summary = (page) => page.locator('#errors')

/** Opens the group of a category and chooses it. */
export async function choose(page, category) {
  const radio = page.locator(`#category-${category}`)
  const group = page.locator('details.category-group').filter({ has: radio })
  if (!(await group.evaluate((details) => details.open))) await group.locator('summary').click()
  await radio.check()
}

/** The page after the button that goes on; `to` is the step that must come. */
export async function next(page, to) {
  await page.getByRole('button', { name: t('report-next') }).last().click()
  await page.waitForURL(new RegExp(`/report/draft/[0-9a-f-]+/${to}`))
}

/** Goes through the form up to its check; `stop` is the step to stay at. */
export async function fill(page, { words = WORDS, category = 'dumping', address = 'Maerelaan 12', stop = 'check', at } = {}) {
  if (words !== undefined) await page.locator('#words').fill(words)
  await at?.('words')
  if (stop === 'words') return
  await next(page, 'category')
  await choose(page, category)
  await at?.('category')
  if (stop === 'category') return
  await page.getByRole('button', { name: t('report-next') }).last().click()
  await page.waitForURL(/\/(questions|place)$/)
  if (page.url().endsWith('/questions')) {
    for (const field of await page.locator('.question:not([hidden])').all()) await answer(field)
    await next(page, 'place')
  }
  if (address) await page.locator('#address').fill(address)
  await at?.('place')
  if (stop === 'place') return
  await page.getByRole('button', { name: t('report-next') }).last().click()
  await page.waitForURL(/\/(known|contact)$/)
  if (page.url().endsWith('/known')) {
    await page.getByRole('button', { name: t('report-known-anyway') }).click()
    await page.waitForURL(/\/contact$/)
  }
  await at?.('contact')
  if (stop === 'contact') return
  await next(page, 'check')
}

/** Answers one question of a category: the first choice, or a word or number that fits most. */
async function answer(field) {
  const choice = field.locator('input[type=radio], input[type=checkbox]').first()
  if (await choice.count()) return choice.check()
  const date = field.locator('input[type=date]')
  if (await date.count()) return
  await field.locator('input, textarea').first().fill('3')
}

const reference = (page) => page.locator('dl.facts strong').first().innerText()

export async function form(stage, server) {
  const { tally } = stage
  const jpeg = await file('street.jpg', await photo(stage))

  await tally.part('the report form without JavaScript', async (step) => {
    const page = await stage.visitor({ javaScriptEnabled: false })
    await step('the form opens, and words and a photo are kept while it is filled', async () => {
      await stage.open(page, '/report')
      await page.locator('#photo').setInputFiles(jpeg)
      await fill(page, { stop: 'place' })
    })
    const map = page.locator('.form-map input[type=image]:visible')
    await step('a click on the map keeps what was typed', async () => {
      await map.click({ position: { x: 330, y: 180 } })
      await page.waitForLoadState()
      expect.equal(await value(page, 'address'), 'Maerelaan 12', 'the address')
      expect.ok(Number(await value(page, 'lon')) > 4, 'no point was chosen')
    })
    const near = await value(page, 'lon').catch(() => '')
    await step('the second click comes closer', async () => {
      await map.click({ position: { x: 250, y: 140 } })
      await page.waitForLoadState()
      const now = await value(page, 'lon')
      expect.ok(now !== near && Math.abs(now - near) < 0.02, `from ${near} to ${now}`)
    })
    await stage.look(page, 'report-without-script')
    await step('back to the first step: words and photo are there', async () => {
      for (const to of [/\/(questions|category)$/, /\/(category|words)$/]) {
        await page.getByRole('button', { name: t('report-back') }).click()
        await page.waitForURL(to)
      }
      if (page.url().endsWith('/category')) {
        expect.ok(await page.locator('input[name=category]:checked').count(), 'the category is no longer chosen')
        await page.getByRole('button', { name: t('report-back') }).click()
        await page.waitForURL(/\/words$/)
      }
      expect.equal(await value(page, 'words'), WORDS, 'the words')
      expect.equal(await page.locator('ul.photos img').count(), 1, 'photos kept')
    })
    await step("the browser's own back and reload show the steps too", async () => {
      await page.goBack()
      await page.goForward()
      await page.reload()
      expect.equal(await value(page, 'words'), WORDS, 'the words')
    })
    await step('a photo of 50 MB is refused with a sentence; words and the other photo stay', async () => {
      await page.locator('#photo').setInputFiles(await file('large.jpg', Buffer.alloc(50 * 1024 * 1024, 1)))
      await stage.expecting([422], () => page.getByRole('button', { name: t('report-next') }).last().click())
      await page.waitForLoadState()
      expect.match(await summary(page).innerText(), like('photo-large'), 'the summary')
      expect.equal(await value(page, 'words'), WORDS, 'the words')
      expect.equal(await page.locator('ul.photos img').count(), 1, 'photos kept')
    })
    await step('a double click sends one report, and the status page follows', async () => {
      await fill(page, { words: `${WORDS} Dubbelklik.` })
      await stage.look(page, 'report-check')
      await send(page).dblclick()
      await page.waitForURL(/\/report\/status\//)
      expect.match(await reference(page), /^[0-9A-Z]{4}-[0-9A-Z]{4}$/, 'reference')
      const cookie = await server.persona('coordinator')
      const list = await server.call('GET', '/api/v1/signals?q=dubbelklik', { cookie })
      expect.equal(JSON.parse(list.body).signals.length, 1, 'reports with these words')
    })
    await page.context().close()
  })

  await tally.part('the report form by keyboard alone', async (step) => {
    const page = await stage.visitor()
    const at = () => page.evaluate(() => document.activeElement?.id || document.activeElement?.tagName)
    /** Presses Tab until the element is reached; gives how often. */
    const tabTo = async (selector, most = 120) => {
      for (let n = 1; n <= most; n += 1) {
        await page.keyboard.press('Tab')
        if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return n
      }
      throw new Error(`${selector} is not reached by ${most} times Tab; the focus is at ${await at()}`)
    }
    /** Goes on by the visible button. */
    const onward = async (to) => {
      await tabTo('button.primary[name=send]')
      await page.keyboard.press('Enter')
      await page.waitForURL(to)
    }
    await step('from the start page to the form', async () => {
      await stage.open(page, '/')
      await page.keyboard.press('Tab')
      expect.equal(await page.evaluate(() => document.activeElement?.className), 'skip-link', 'the first stop')
      await page.keyboard.press('Enter')
      await tabTo('a[href="/report"]')
      await page.keyboard.press('Enter')
      await page.waitForURL(/\/report$/)
    })
    await step('words', async () => {
      await tabTo('#words')
      await page.keyboard.type(WORDS)
      await onward(/\/category$/)
    })
    await step('every stop shows where the focus is', async () => {
      await tabTo('details.category-group summary')
      const outline = await page.evaluate(() => {
        const style = getComputedStyle(document.activeElement)
        return `${style.outlineStyle} ${style.outlineWidth} ${style.boxShadow}`
      })
      expect.ok(!/^none .* none$/.test(outline) && !/ 0px none$/.test(outline), `focus is drawn as ${outline}`)
    })
    await step('a category: open its group, then choose', async () => {
      const group = page.locator('details.category-group').first()
      await page.keyboard.press('Enter')
      expect.ok(await group.evaluate((details) => details.open), 'the group does not open by Enter')
      // a proposal stands before the groups and belongs to the same choice: the group is entered by its first radio
      await group.locator('input[name=category]').first().focus()
      await page.keyboard.press('Space')
      expect.equal(await page.locator('input[name=category]:checked').count(), 1, 'categories chosen')
      await onward(/\/(questions|place)$/)
      if (page.url().endsWith('/questions')) {
        for (const field of await page.locator('.question:not([hidden])').all()) await answer(field)
        await onward(/\/place$/)
      }
    })
    await step('place, nobody to reach, the check, and sending', async () => {
      await tabTo('#address')
      await page.keyboard.type('Kerkweg, bij de kerk')
      await onward(/\/contact$/)
      await onward(/\/check$/)
      await onward(/\/report\/status\//)
      expect.match(await reference(page), /^[0-9A-Z]{4}-[0-9A-Z]{4}$/, 'reference')
    })
    await page.context().close()
  })

  await tally.part('bad input keeps what was typed and says what to do', async (step) => {
    const page = await stage.visitor()
    const refused = async (status = 422) => {
      const [answer] = await stage.expecting([status], () =>
        Promise.all([
          page.waitForResponse((r) => r.request().method() === 'POST' && r.request().isNavigationRequest()),
          page.locator('button.primary[name=send]').last().click(),
        ]),
      )
      await page.waitForLoadState()
      expect.equal(answer.status(), status, 'status')
      return summary(page).innerText()
    }
    await step('an empty form', async () => {
      await stage.open(page, '/report')
      expect.match(await refused(), like('signal-words-short'), 'the summary')
    })
    await stage.look(page, 'report-empty')
    await step('a link of the summary leads to its field', async () => {
      await summary(page).getByRole('link').filter({ hasText: like('signal-words-short') }).click()
      const target = new URL(page.url()).hash
      expect.equal(target, '#words', 'target of the link')
    })
    await step('10,000 characters', async () => {
      const long = 'Veel afval op straat. '.repeat(455).slice(0, 10_000)
      await page.locator('#words').fill(long)
      expect.match(await refused(), like('signal-words-long'), 'the summary')
      expect.equal((await value(page, 'words')).length, 10_000, 'characters that are kept')
    })
    await step('a text file that is called .jpg', async () => {
      await page.locator('#words').fill(WORDS)
      await page.locator('#photo').setInputFiles(await file('note.jpg', 'this is no photo\n'.repeat(50)))
      expect.match(await refused(), like('photo-kind'), 'the summary')
      expect.equal(await value(page, 'words'), WORDS, 'the words')
    })
    await stage.look(page, 'report-photo-refused')
    await step('no category', async () => {
      await next(page, 'category')
      expect.match(await refused(), like('signal-category-missing'), 'the summary')
    })
    await stage.look(page, 'report-category-missing')
    await step('no place', async () => {
      await choose(page, 'dumping')
      await page.getByRole('button', { name: t('report-next') }).last().click()
      await page.waitForURL(/\/(questions|place)$/)
      if (page.url().endsWith('/questions')) {
        for (const field of await page.locator('.question:not([hidden])').all()) await answer(field)
        await next(page, 'place')
      }
      expect.match(await refused(), like('signal-place-missing'), 'the summary')
      await page.locator('#address').fill('Maerelaan 12')
    })
    await step('a point outside the municipality', async () => {
      await page.locator('[name=lon]').evaluate((field) => (field.value = '4.9'))
      await page.locator('[name=lat]').evaluate((field) => (field.value = '52.37'))
      expect.match(await refused(), like('signal-place-outside'), 'the summary')
      await page.locator('[name=lon]').evaluate((field) => (field.value = ''))
      await page.locator('[name=lat]').evaluate((field) => (field.value = ''))
    })
    await step('a day in the future', async () => {
      await page.locator('#occurred_at').fill('2099-01-01T10:00')
      expect.match(await refused(), like('signal-time-future'), 'the summary')
      await page.locator('#occurred_at').fill('2024-06-03T10:00')
    })
    await step('an e-mail address that is none', async () => {
      await next(page, 'contact')
      await page.locator('#email').fill('inwoner@')
      expect.match(await refused(), like('signal-email-shape'), 'the summary')
      await page.locator('#email').fill('')
    })
    await step('after all that the report is sent', async () => {
      await next(page, 'check')
      await send(page).click()
      await page.waitForURL(/\/report\/status\//)
    })
    await step('a photo that is too large is said at once', async () => {
      await stage.open(page, '/report')
      await page.locator('#photo').setInputFiles(await file('large.jpg', Buffer.alloc(51 * 1024 * 1024, 1)))
      expect.match(await page.locator('[data-photo-error]').innerText(), like('photo-too-large-here'), 'the sentence')
    })
    await step('a page that does not exist', async () => {
      await stage.open(page, '/no/such/page', 404)
      expect.equal(await page.locator('h1').innerText(), t('fault-not-found-title'), 'the heading')
    })
    await stage.look(page, 'not-found')
    await page.context().close()
  })

  await tally.part('a draft survives a closed tab', async (step) => {
    const page = await stage.visitor()
    await step('typed words are back in a new tab, contact details are not', async () => {
      await stage.open(page, '/report')
      await fill(page, { stop: 'contact' })
      await page.locator('#email').fill('inwoner@voorbeeld.example')
      await page.waitForTimeout(700)
      const again = await page.context().newPage()
      stage.watch(again)
      await page.close()
      await again.goto('/report')
      expect.equal(await value(again, 'words'), WORDS, 'the words')
      expect.ok(await again.locator('[data-restored]').isVisible(), 'nothing says that words were put back')
      await fill(again, { words: undefined, stop: 'contact' })
      expect.equal(await value(again, 'email'), '', 'the e-mail address')
      await again.close()
    })
    await step('without a connection the form stays as it is, and says so', async () => {
      const lost = await stage.visitor()
      await stage.open(lost, '/report')
      await lost.locator('#words').fill(WORDS)
      const heard = stage.complaints.length
      await lost.context().setOffline(true)
      await lost.getByRole('button', { name: t('report-next') }).last().click()
      await lost.locator('[data-offline]').waitFor()
      expect.equal(await value(lost, 'words'), WORDS, 'the words')
      await lost.context().setOffline(false)
      stage.complaints.length = heard
      await next(lost, 'category')
      await lost.context().close()
    })
  })

  await tally.part('what goes elsewhere is not kept', async (step) => {
    const page = await stage.visitor({ javaScriptEnabled: false })
    await step('words that plainly mean it are answered with whom to call', async () => {
      await stage.open(page, '/report')
      await page.locator('#words').fill('Er is brand in de flat')
      await page.getByRole('button', { name: t('report-next') }).last().click()
      await page.locator('#warned-title').waitFor()
    })
    await stage.look(page, 'report-warned')
    await step('who goes on may still choose it, and then nothing is kept', async () => {
      await page.getByRole('button', { name: t('report-warned-next') }).click()
      await page.waitForURL(/\/category$/)
      await choose(page, 'elsewhere-emergency')
      await page.getByRole('button', { name: t('report-next') }).last().click()
      await page.locator('#away-title').waitFor()
    })
    await stage.look(page, 'report-elsewhere')
    await page.context().close()
  })

  await tally.part('in English', async (step) => {
    const page = await stage.visitor()
    await step('one button changes the language and stays on the page', async () => {
      await stage.open(page, '/report')
      await page.getByRole('button', { name: t('site-other-language') }).click()
      await page.waitForURL(/\/report$/)
      expect.equal(await page.locator('h1').innerText(), t('report-title-words', {}, 'en'), 'the heading')
    })
    await stage.look(page, 'report-english', { language: 'en' })
    await step('faults are in English too', async () => {
      await stage.expecting([422], () => page.getByRole('button', { name: t('report-next', {}, 'en') }).last().click())
      expect.match(await summary(page).innerText(), like('signal-words-short', 'en'), 'the summary')
    })
    await page.context().close()
  })
  await stage.quiet('the report form')
}
