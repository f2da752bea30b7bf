// A sanction on the officer's phone: written without reception, killed, gone on with, signed, and sent into the vault once
// it opens. `phone` gives the page that is open now, and opens the app anew.
import { expect, file, photo } from './lib.mjs'
import { age, empty, faults, find, ways } from '../static/field/offences.mjs'
import { wait } from './server.mjs'
import { t } from './words.mjs'

const app = (key, values) => t(`field-app-${key}`, values)

export async function notice(stage, step, { phone, line, clean, reopen }) {
  const press = (name) => phone().getByRole('button', { name }).first().click()
  const kept = () => phone().locator('.saved', { hasText: app('sanction-saved') }).waitFor()
  const place = `Proefplein ${Date.now() % 100_000}, bij de bank`
  const onDisk = () =>
    phone().evaluate(
      () =>
        new Promise((done) => {
          const request = indexedDB.open('regie-field')
          request.onsuccess = () => {
            const tx = request.result.transaction(['sanctions', 'photos'])
            const rows = tx.objectStore('sanctions').getAll()
            const photos = tx.objectStore('photos').count()
            tx.oncomplete = () => {
              request.result.close()
              done({ sanctions: rows.result.length, photos: photos.result, plain: JSON.stringify(rows.result.map((r) => Object.keys(r).sort())) })
            }
          }
        }),
    )

  await step('the rules that the phone checks itself, on what the house sends', async () => {
    const offers = await phone().evaluate(async () => (await fetch('/api/field/offences')).json())
    const [one] = find(offers, 'wildplassen')
    expect.ok(one && !find(offers, 'nietbestaand').length, 'an offence by words')
    const whole = {
      ...empty(), sanctions: [{ offence: one.code, modality: 'penal-order' }], began: 'detection', date: '2026-06-03', time: '09:30', place: 'Kerkweg 1',
      caught: 'in-the-act', surname: 'Voorbeeld', birth: '1990-04-12', identity: 'passport', cautioned: true, statement: 'Ik moest nodig.', findings: 'Zag de persoon plassen tegen de gevel.',
    }
    const traffic = offers.offences.find((o) => o.ways.includes('traffic-fine'))
    const adult = offers.offences.find((o) => o.from === 18)
    const of = (offence, modality) => ({ offence: offence.code, modality })
    for (const [change, met] of [
      [{}, ''],
      [{ birth: '2014-06-04' }, 'age-none'],
      [{ birth: '2014-06-03' }, ''],
      [{ cautioned: false }, 'caution-penal'],
      [{ cautioned: false, statement: '' }, ''],
      [{ surname: ' ' }, 'identity'],
      [{ caught: 'afterwards' }, 'caught'],
      [{ reasons: ['serious'] }, 'full-report'],
      [{ punished: true }, 'double'],
      [{ sanctions: [of(one, 'report'), of(traffic, 'traffic-fine')], plate: 'AB-12-CD' }, 'one-track'],
      [{ sanctions: [of(one, 'report'), of(one, 'report')] }, 'double'],
      [{ sanctions: [of(traffic, 'traffic-fine')], surname: '' }, 'plate-holder'],
      [{ sanctions: [of(traffic, 'traffic-fine')], surname: '', plate: 'AB-12-CD' }, ''],
      [{ sanctions: [of(adult, 'penal-order')], birth: '2008-06-04' }, 'age-limit'],
      [{ sanctions: offers.offences.filter((o) => o.ways.includes('report')).slice(0, 4).map((o) => of(o, 'report')) }, 'most'],
      [{ date: '' }, 'sanctions-date-missing'],
      [{ time: '' }, 'sanctions-time-missing'],
      [{ date: '2026-06-05' }, 'sanctions-date-future'],
      [{ findings: 'kort' }, 'sanctions-findings-short'],
      [{ birth: '2027-01-01', sanctions: [] }, 'sanctions-birth-wrong,sanctions-none-chosen'],
    ]) {
      const said = faults(offers, { ...whole, ...change }, '2026-06-04 10:00').map((fault) => fault.rule ?? fault.key)
      expect.equal(said.join(), met, JSON.stringify(change))
    }
    expect.equal(age({ ...whole, birth: '1990-06-04' }), 35, 'the day before a birthday')
    expect.ok(ways(offers, one, { ...whole, birth: '2010-01-01' }).includes('halt') && !ways(offers, one, whole).includes('halt'), 'Halt is for minors')
  })
  await step('a sanction without reception: first the hat, then an offence by words', async () => {
    line.cut()
    await phone().locator('a[href="#hat"]').click()
    await phone().getByRole('button', { name: t('sanctions-hat-detection-go') }).waitFor()
    await clean('13-hat')
    await press(t('sanctions-hat-detection-go'))
    await phone().locator('#s-search').fill('wildplassen')
    await phone().locator('.found button').first().waitFor()
    await clean('14-found')
    await phone().locator('.found button').first().click()
    await phone().locator('.chosen strong').waitFor()
    await phone().locator('#s-place').fill(place)
    await phone().locator('#s-surname').fill('Voorbeeld')
    await phone().locator('#s-statement').fill('Ik moest nodig.')
    await kept()
    await clean('15-half')
    await phone().evaluate(() => (document.documentElement.dataset.theme = 'night'))
    await clean('15-half-night')
    await phone().evaluate(() => (document.documentElement.dataset.theme = 'day'))
  })
  await step('the app is killed: the half draft is still there, and nothing of it stands open on the disk', async () => {
    await reopen()
    await phone().locator('.notes a').first().waitFor()
    const disk = await onDisk()
    expect.equal(disk.sanctions, 1, 'sanctions on the phone')
    expect.equal(disk.plain, '[["at","data","id","iv","ready"]]', 'what stands there unencrypted')
    await clean('16-list')
    await phone().locator('.notes a').first().click()
    await phone().locator('#s-place').waitFor()
    expect.equal(await phone().locator('#s-place').inputValue(), place, 'the place')
    expect.equal(await phone().locator('#s-statement').inputValue(), 'Ik moest nodig.', 'the statement')
  })
  await step('without reception the phone says itself what misses, with the article', async () => {
    await press(t('sanctions-sign'))
    await phone().locator('.problems li').first().waitFor()
    const said = await phone().locator('.problems').innerText()
    for (const words of ['Sv art. 29', t('sanctions-caught-missing')]) expect.ok(said.includes(words), `${words}: ${said}`)
    await clean('17-faults')
  })
  await step('mended, with a photo, it is signed on the phone and waits', async () => {
    await phone().locator('input[name=s-began]').first().check()
    await phone().locator('input[name=s-caught]').first().check()
    const typed = { first_names: 'Jan', birth: '1985-04-12', identity_number: 'AB1234567', findings: 'Ik zag dat de persoon tegen de gevel plaste.' }
    for (const [name, value] of Object.entries(typed)) await phone().locator(`#s-${name}`).fill(value)
    await phone().locator('#s-identity').selectOption({ index: 1 })
    await phone().locator('#s-cautioned').check()
    await phone().locator('.sanction input[type=file]').setInputFiles(await file('phone.jpg', await photo(stage, 3000, 2250)))
    await phone().locator('.strip img').waitFor()
    await kept()
    await press(t('sanctions-sign'))
    await phone().locator('.notes', { hasText: app('sanction-ready-sign') }).waitFor()
    await clean('18-waits')
  })
  await step('with reception it waits for the second factor and the purpose, and says so', async () => {
    line.mend()
    await phone().evaluate(() => dispatchEvent(new Event('online')))
    await phone().getByRole('link', { name: app('sanction-step-up') }).waitFor({ timeout: 60_000 })
    await clean('19-step-up')
    await phone().getByRole('link', { name: app('sanction-step-up') }).click()
    await phone().locator('form[action="/demo/step-up"] button').click()
    await phone().waitForURL((url) => url.pathname === '/field')
    await reopen(true)
    await phone().getByRole('button', { name: app('sanction-state') }).waitFor({ timeout: 60_000 })
    await phone().locator('.bar', { hasText: app('sanction-stands') }).waitFor()
    await clean('20-purpose')
  })
  await step('the line is cut in the middle of the photo; then it is signed once and gone from the phone', async () => {
    line.left = 15_000
    await press(app('sanction-state'))
    for (let i = 0; i < 100 && !line.isCut; i += 1) await wait(100)
    expect.ok(line.isCut, 'the line was not cut: too little was sent')
    await wait(500)
    line.mend()
    await phone().evaluate(() => dispatchEvent(new Event('online')))
    await phone().locator('.notice', { hasText: app('sanction-signed') }).waitFor({ timeout: 60_000 })
    expect.equal(await phone().locator('.notes').count(), 0, 'sanctions in the list')
    const { sanctions, photos } = await onDisk()
    expect.equal(sanctions + photos, 0, 'sanctions and photos on the disk')
    await clean('21-signed')
  })
  await step('the house has it once, signed, with its photo', async () => {
    const page = await phone().context().newPage()
    await page.goto('/sanctions')
    const found = page.locator('main a', { hasText: place })
    expect.equal(await found.count(), 1, 'sanctions at this place')
    await found.click()
    await page.waitForURL(/\/sanctions\/[0-9a-f-]{36}$/)
    expect.ok((await page.locator('main').innerText()).includes(t('sanctions-state-signed')), 'signed')
    expect.equal(await page.locator('ul.photos img').count(), 1, 'photos')
    await page.close()
  })
}
