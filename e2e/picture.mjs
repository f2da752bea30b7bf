// The picture as people use it: an alarm is weighed, a measure is prepared, periods are compared, the week is briefed,
// the record is read, files are taken along.
import { expect } from './lib.mjs'
import { main, press, summary } from './parts.mjs'
import { like } from './words.mjs'

/** Every job; each is one part of the test. */
const jobs = {
  'an alarm is weighed': alarms,
  'a measure, before it starts and after': measures,
  'compare, brief, check, take along': reading,
}

export async function picture(stage) {
  for (const [name, job] of Object.entries(jobs)) await stage.tally.part(name, (step) => job(stage, step))
  await stage.quiet('the picture')
}

async function alarms(stage, step) {
  const page = await stage.visitor({ username: 'coordinator' })
  await step('the list names what stands out', async () => {
    await stage.open(page, '/alarms')
    expect.ok((await page.locator('ul.cards li.card').count()) > 0, 'no alarm in the demonstration')
  })
  await stage.look(page, 'alarms')
  await step('opens one: since when, how much, where', async () => {
    await page.locator('ul.cards li.card h3 a').first().click()
    await page.waitForURL(/\/alarms\/[0-9a-f-]+/)
    expect.ok((await page.locator('svg.regie-map').count()) === 1, 'a map')
    expect.ok((await page.locator('a[href^="/signals?"]').count()) > 0, 'the reports behind it')
  })
  await stage.look(page, 'alarm')
  await step('a judgement without a reason is refused, and the choice stays', async () => {
    await page.locator('#verdict-explained').check()
    await press(stage, page, 'alarm-save', 422)
    expect.match(await summary(page), like('alarm-reason-missing'), 'what is missing')
    expect.ok(await page.locator('#verdict-explained').isChecked(), 'the choice is gone')
  })
  await step('with a reason it is kept, and quiet', async () => {
    await page.locator('#reason').fill('Straatfeest van de buurt, met vergunning.')
    await press(stage, page, 'alarm-save')
    expect.match(await main(page), /Straatfeest van de buurt/, 'the reason')
    await stage.open(page, '/alarms')
    expect.match(await main(page), like('alarm-state-explained'), 'the outcome')
  })
  await stage.look(page, 'alarms-weighed')
}

async function measures(stage, step) {
  const page = await stage.visitor({ username: 'adviseur' })
  await step('what was tried, and what the reports say', async () => {
    await stage.open(page, '/measures')
    expect.ok((await page.locator('ul.cards li.card').count()) >= 2, 'the measures of the demonstration')
  })
  await stage.look(page, 'measures')
  await step('one that ended', async () => {
    await page.locator('ul.cards li.card h2 a').last().click()
    await page.waitForURL(/\/measures\/[0-9a-f-]+/)
  })
  await stage.look(page, 'measure-ended')
  await step('a new one without anything is refused per field', async () => {
    await stage.open(page, '/measures/new')
    await press(stage, page, 'measure-save', 422)
    expect.match(await summary(page), like('measure-areas-missing'), 'where')
  })
  await stage.look(page, 'measure-refused')
  await step('before it starts the page says what could be seen', async () => {
    await page.locator('#title').fill('Fietsen in de binnenstad')
    await page.locator('input[name=kind]').first().check()
    await page.locator('#goal').fill('Minder fietsen die in de weg staan.')
    await page.locator('input[name=subjects]').first().check()
    for (const at of [2, 5, 8]) await page.locator('input[name=areas]').nth(at).check()
    await page.locator('#starts_on').fill('2030-01-07')
    await press(stage, page, 'measure-look')
    expect.ok(await page.locator('#outlook').isVisible(), 'what could be seen')
    expect.equal(await page.locator('#title').inputValue(), 'Fietsen in de binnenstad', 'the name stays')
  })
  await stage.look(page, 'measure-outlook')
  await step('saved, with what could be seen', async () => {
    await press(stage, page, 'measure-save')
    expect.match(page.url(), /\/measures\/[0-9a-f-]+\?saved=1/, 'its page')
  })
  await stage.look(page, 'measure')
}

async function reading(stage, step) {
  const page = await stage.visitor({ username: 'adviseur' })
  for (const [name, path] of [
    ['compare', '/picture/compare'],
    ['week', '/picture/week'],
    ['record', '/picture/record'],
    ['download', '/picture/download'],
  ]) {
    await step(`/${name}`, () => stage.open(page, path))
    await stage.look(page, `picture-${name}`)
  }
  await step('every file comes, and is what it says', async () => {
    const links = await page.locator('a[download]').evaluateAll((all) => all.map((a) => a.href))
    expect.ok(links.length >= 6, `${links.length} files`)
    const heads = { csv: /^[^<]/, svg: /^<(svg|\?xml)/, png: /^\x89PNG/ }
    for (const link of links) {
      const answer = await page.request.get(link)
      expect.equal(answer.status(), 200, link)
      const kind = /download\.(csv|svg|png)/.exec(link)[1]
      expect.match((await answer.body()).toString('latin1').slice(0, 40), heads[kind], link)
    }
  })
}
