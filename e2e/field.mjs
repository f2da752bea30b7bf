// The officer's app in a real browser behind a line that is really cut: a proxy that drops every connection, also in the
// middle of an upload. A whole shift at 390 px, by day and by night, with the service worker in charge.
import net from 'node:net'
import { axe, expect, file, out, photo } from './lib.mjs'
import { notice } from './notice.mjs'
import { button } from './parts.mjs'
import { print } from './print.mjs'
import { wait } from './server.mjs'
import { hear, removed, speak } from './voice.mjs'
import { like, t } from './words.mjs'

const PIN = '482915'
const PHONE = { width: 390, height: 844 }
const app = (key, values) => t(`field-app-${key}`, values)

/** A line to the program that can be cut, at once or after so many bytes from the phone. */
class Line {
  sockets = new Set()
  isCut = false
  left = Infinity

  static open(port) {
    const line = new Line()
    line.server = net.createServer((near) => {
      if (line.isCut) return near.destroy()
      const far = net.connect(port, '127.0.0.1')
      line.sockets.add(near).add(far)
      near.on('data', (bytes) => {
        line.left -= bytes.length
        if (line.left < 0) line.cut()
        else far.write(bytes)
      })
      far.on('data', (bytes) => near.write(bytes))
      for (const [one, other] of [[near, far], [far, near]]) {
        one.on('error', () => other.destroy())
        one.on('close', () => other.destroy())
      }
    })
    return new Promise((done) =>
      line.server.listen(0, '127.0.0.1', () => {
        line.base = `http://127.0.0.1:${line.server.address().port}`
        done(line)
      }),
    )
  }

  cut() {
    this.isCut = true
    for (const socket of this.sockets) socket.destroy()
    this.sockets.clear()
  }

  mend() {
    this.isCut = false
    this.left = Infinity
  }

  close() {
    this.cut()
    this.server.close()
  }
}

export async function field(stage, server) {
  const { tally } = stage
  const line = await Line.open(server.port)
  const made = { line }
  try {
    await tally.part('a round for the phone', (step) => round(stage, step, made))
    if (made.round) await tally.part('the phone: first start, a shift without reception, back again', (step) => shift(stage, step, made, server))
    if (made.phone) await tally.part('the live board: assistance and wiping from afar', (step) => board(stage, step, made))
    await tally.part('a finger in place of the PIN', (step) => print(stage, step, server.port))
  } finally {
    await made.context?.close()
    line.close()
  }
}

const localNow = () =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Amsterdam', dateStyle: 'short', timeStyle: 'short' }).format(new Date())

async function round(stage, step, made) {
  const page = await stage.visitor({ username: 'coordinator' })
  made.desk = page
  await step('the coordinator makes a shift, gets a proposal and approves it', async () => {
    const [day, time] = localNow().split(' ')
    for (const [username, name] of [['boa2', 'Samira Veldhuis'], ['boa3', 'Ruben Oosterdam'], ['boa1', 'Daan Kuiper']]) {
      await stage.open(page, '/shifts/new')
      await page.locator('input[name=team][value=enforcement]').check()
      await page.locator('#day').fill(day)
      await page.locator('#kind-own').check()
      await page.locator('#start').fill(time)
      await page.locator('#hours').fill('4')
      await page.getByLabel(name, { exact: true }).check()
      await stage.expecting([422], () => button(page, 'patrol-shift-save').click())
      await page.waitForLoadState()
      if (!page.url().includes('/rounds')) continue
      made.officer = username
      const row = page.locator('tr', { hasText: name }).filter({ hasText: `${time} - ` }).first()
      await row.getByRole('link', { name: t('patrol-propose') }).click()
      await page.locator('#max_visits').fill('5')
      await button(page, 'patrol-propose').click()
      await page.waitForURL(/\/rounds\/[0-9a-f-]{36}/)
      await page.locator('input[name=decision]').first().check()
      await page.locator('#reason').fill('Voor de proef met de telefoon.')
      await button(page, 'patrol-approve').click()
      await page.waitForLoadState()
      made.round = new URL(page.url()).pathname
      return
    }
    throw new Error('every officer is on another shift')
  })
}

async function shift(stage, step, made, server) {
  const { line } = made
  const complaints = []
  const context = await stage.browser.newContext({
    baseURL: line.base, viewport: PHONE, hasTouch: true, isMobile: true, locale: 'nl-NL', timezoneId: 'Europe/Amsterdam',
    geolocation: { longitude: 4.6705, latitude: 52.5105 }, permissions: ['geolocation', 'microphone'],
  })
  context.setDefaultTimeout(20_000)
  made.context = context
  const watched = async () => {
    const page = await context.newPage()
    page.on('pageerror', (error) => complaints.push(`script: ${error.message}`))
    page.on('console', (message) => {
      if (message.type() === 'error' && /policy|violat/i.test(message.text()) && !/inline style/i.test(message.text())) complaints.push(message.text())
    })
    return page
  }
  let page = await watched()
  const press = (key, values) => page.getByRole('button', { name: app(key, values) }).first().click()
  const shot = (name) => stage.shot(page, `field-${name}`)
  const clean = async (name) => {
    await shot(name)
    const found = await axe(page)
    expect.ok(!found.length, `axe at ${name}: ${found.join('\n')}`)
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect.ok(over <= 0, `${name} is ${over} px too wide`)
  }

  await step('without a session it asks to sign in; signed in, a PIN is chosen', async () => {
    await page.goto('/field')
    await page.getByRole('link', { name: app('sign-in') }).waitFor()
    await clean('1-sign-in')
    await page.goto('/login?back=/field')
    await page.locator(`form:has(input[name="username"][value="${made.officer}"]) button.persona`).click()
    await page.waitForURL((url) => url.pathname === '/field')
    await page.locator('#pin').waitFor()
    await clean('2-pin')
    await page.locator('#pin').fill('111111')
    await page.locator('#pin-again').fill('111111')
    await press('pin-keep')
    expect.match(await page.locator('.fault').innerText(), new RegExp(app('pin-weak')), 'a weak PIN is refused')
    await page.locator('#pin').fill(PIN)
    await page.locator('#pin-again').fill(PIN)
    await press('pin-keep')
    await page.locator('ol.stops li').first().waitFor()
    made.phone = true
  })
  await step('the service worker is in charge and the first install is at most 1.5 MB', async () => {
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
    const size = await page.evaluate(async () => {
      let sum = 0
      for (const name of await caches.keys()) {
        const cache = await caches.open(name)
        for (const request of await cache.keys()) sum += (await (await cache.match(request)).blob()).size
      }
      return sum
    })
    console.log(`      first install: ${(size / 1024).toFixed(0)} kB, not compressed`)
    expect.ok(size > 50_000 && size <= 1_572_864, `${size} bytes`)
  })
  for (const theme of ['day', 'night', 'sun']) {
    await step(`the list by ${theme}: axe, width`, async () => {
      await page.evaluate((theme) => (document.documentElement.dataset.theme = theme), theme)
      await clean(`3-list-${theme}`)
    })
  }
  await page.evaluate(() => (document.documentElement.dataset.theme = 'day'))

  const words = `Blikjes en glas naast de bank, ${Date.now()}`
  const note = `Groep aangesproken, ${Date.now()}`
  await step('without reception: "seen, nothing wrong" in three taps', async () => {
    line.cut()
    await page.locator('ol.stops li a').first().click()
    await page.getByRole('button', { name: app('arrive') }).waitFor()
    await clean('4-stop')
    await press('nothing')
    await page.locator('ol.stops li.left').first().waitFor()
    await page.locator('.bar', { hasText: app('waits-one') }).waitFor()
  })
  await step('arrives at the next, writes an observation with a photo and a spoken note, leaves', async () => {
    await page.locator('a.next').click()
    await press('arrive')
    await page.locator('input[name=outcome]').first().waitFor()
    await page.evaluate(() => (document.documentElement.dataset.theme = 'night'))
    await clean('5-arrived-night')
    await page.evaluate(() => (document.documentElement.dataset.theme = 'day'))
    await clean('5-arrived')
    await page.getByRole('link', { name: app('observe') }).first().click()
    await page.locator('select').first().selectOption({ index: 1 })
    await page.locator('textarea').first().fill(words)
    await page.locator('input[type=file]').setInputFiles(await file('phone.jpg', await photo(stage, 3000, 2250)))
    await page.locator('.strip img').waitFor()
    await speak(page, clean)
    await clean('6-observe')
    await page.evaluate(() => (document.documentElement.dataset.theme = 'night'))
    await clean('6-observe-night')
    await page.evaluate(() => (document.documentElement.dataset.theme = 'day'))
    await press('observe-keep')
    await page.locator('.notice').waitFor()
    await page.locator('a.next').click()
    await page.locator('input[name=outcome][value=talk]').check()
    await page.locator('textarea').last().fill(note)
    await press('leave')
    await page.locator('ol.stops li.left').nth(1).waitFor()
    await clean('7-waiting')
  })
  await step('the app is killed; without reception it opens in at most a second and nothing is gone', async () => {
    const killer = await context.newCDPSession(page)
    await Promise.race([killer.send('Page.crash').catch(() => undefined), wait(2_000)])
    await page.close().catch(() => undefined)
    page = await watched()
    const begin = Date.now()
    await page.goto('/field', { waitUntil: 'commit' })
    await page.locator('#pin').waitFor()
    const took = Date.now() - begin
    console.log(`      opens without reception in ${took} ms`)
    expect.ok(took <= 1_000, `${took} ms`)
    await clean('8-locked')
    await page.locator('#pin').fill('000001')
    await press('unlock')
    await page.locator('.fault:not(:empty)').waitFor()
    await page.locator('#pin').fill(PIN)
    await press('unlock')
    await page.locator('ol.stops li.left').nth(1).waitFor()
    // four events, a photo and a spoken note
    await page.locator('.bar', { hasText: '6' }).waitFor()
  })
  await step('the line comes back and is cut in the middle of the photo; then it is whole again', async () => {
    line.mend()
    line.left = 25_000
    await page.evaluate(() => dispatchEvent(new Event('online')))
    for (let i = 0; i < 100 && !line.isCut; i += 1) await wait(100)
    expect.ok(line.isCut, 'the line was not cut: too little was sent')
    await wait(500)
    line.mend()
    await page.evaluate(() => dispatchEvent(new Event('online')))
    await page.locator('.bar', { hasText: app('line-ok') }).waitFor({ timeout: 60_000 })
    await clean('9-sent')
  })
  await step('the house has each of them once', async () => {
    const cookie = (await made.desk.context().cookies()).map((c) => `${c.name}=${c.value}`).join('; ')
    const found = JSON.parse((await server.call('GET', `/api/v1/signals?q=${encodeURIComponent(words)}`, { cookie })).body)
    expect.equal(found.signals.length, 1, 'signals with these words')
    await stage.open(made.desk, `/signals/${found.signals[0].id}`)
    expect.equal(await made.desk.locator('ul.photos img').count(), 1, 'photos')
    await hear(made.desk)
    made.signal = new URL(made.desk.url()).pathname
    await stage.open(made.desk, made.round)
    expect.equal((await made.desk.locator('main').innerText()).split(note).length - 1, 1, 'the note on the round')
  })
  await stage.open(made.desk, made.signal)
  await stage.look(made.desk, 'signal-voice')
  await step('the coordinator destroys the spoken note', async () => {
    await removed(made.desk, words)
  })
  await step('an ended session: nothing is lost, and after signing in it is sent', async () => {
    await context.clearCookies()
    await page.locator('ol.stops li:not(.left) a').first().click()
    await press('nothing')
    await page.locator('.bar', { hasText: app('line-sign-in') }).waitFor()
    await shot('10-sign-in-again')
    await page.locator('.bar a').click()
    await page.locator(`form:has(input[name="username"][value="${made.officer}"]) button.persona`).click()
    await page.waitForURL((url) => url.pathname === '/field')
    await page.locator('#pin').fill(PIN)
    await press('unlock')
    await page.locator('.bar', { hasText: app('line-ok') }).waitFor()
  })
  await notice(stage, step, {
    line, clean, phone: () => page,
    /** After a kill, or after a page of the house: the app anew, unlocked. */
    reopen: async (there = false) => {
      if (!there) {
        const killer = await context.newCDPSession(page)
        await Promise.race([killer.send('Page.crash').catch(() => undefined), wait(2_000)])
        await page.close().catch(() => undefined)
        page = await watched()
        await page.goto('/field', { waitUntil: 'commit' })
      }
      await page.locator('#pin').fill(PIN)
      await press('unlock')
      await page.locator('ol.stops li').first().waitFor()
    },
  })
  await step('more: the place is shared, house rules, finish', async () => {
    await page.goto('/field#more')
    await page.getByLabel(app('share'), { exact: true }).check()
    await clean('11-more')
    await page.evaluate(() => (document.documentElement.dataset.theme = 'night'))
    await clean('11-more-night')
    await page.evaluate(() => (document.documentElement.dataset.theme = 'day'))
  })
  expect.ok(!complaints.length, complaints.join('\n'))
  made.page = page
}

async function board(stage, step, made) {
  const { desk, page } = made
  if (!page) return
  await step('the officer holds the button, the board rings within five seconds', async () => {
    await stage.open(desk, '/board')
    const button = page.locator('.assistance')
    await page.locator('.bar', { hasText: app('line-ok') }).waitFor()
    const box = await button.boundingBox()
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
    await page.mouse.down()
    await wait(2_300)
    await page.mouse.up()
    await page.locator('.calling').waitFor()
    await desk.locator('[data-board][data-alarm]').waitFor({ timeout: 6_000 })
    await stage.shot(page, 'field-12-assistance')
  })
  await stage.look(desk, 'board-alarm')
  await step('the coordinator answers; the officer sees it', async () => {
    await desk.getByRole('button', { name: like('field-board-call-answer') }).click()
    await page.locator('.calling', { hasText: t('field-call-state-answered') }).waitFor()
    await desk.locator('input[name=note]').first().fill('Collega is er.')
    await desk.getByRole('button', { name: like('field-board-call-close') }).first().click()
    await desk.waitForLoadState()
  })
  await stage.look(desk, 'board')
  await step('a phone is wiped from afar', async () => {
    await stage.open(desk, '/board/phones')
    await desk.locator('summary', { hasText: t('field-phone-wipe') }).first().click()
  })
  await stage.look(desk, 'board-phones')
  await step('and is empty at its next contact', async () => {
    await desk.getByRole('button', { name: like('field-phone-wipe-sure') }).first().click()
    await desk.waitForLoadState()
    await page.goto('/field')
    await page.reload()
    await page.locator('.notice', { hasText: app('wiped') }).waitFor()
    await stage.open(desk, '/board/phones')
    expect.match(await desk.locator('main').innerText(), like('field-phone-wiped'), 'what the list says')
  })
  await step('after five wrong PINs the app wipes itself', async () => {
    await page.goto('/field')
    await page.locator('#pin').fill(PIN)
    await page.locator('#pin-again').fill(PIN)
    await page.getByRole('button', { name: app('pin-keep') }).click()
    await page.locator('ol.stops li').first().waitFor()
    await page.goto('/field#more')
    await page.getByRole('button', { name: app('lock-now') }).click()
    for (let i = 1; i <= 5; i += 1) {
      await page.locator('#pin').fill('000000')
      await page.getByRole('button', { name: app('unlock') }).click()
      if (i < 5) await page.locator('.fault', { hasText: i < 4 ? String(5 - i) : app('pin-wrong-last') }).waitFor()
    }
    await page.locator('.notice', { hasText: app('wiped-pin') }).waitFor()
  })
}
