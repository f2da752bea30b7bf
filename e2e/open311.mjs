// Open311 against a running program: every answer against the community's JSON schemas, XML beside JSON, the faults of the
// standard, and two stock clients (npm `open311`, PyPI `three`) that read all. `node e2e/open311.mjs http://127.0.0.1:8080`
//
// SCHEMAS names the folder of the schemas; without it that part says so and is left out. PYTHON names a Python that has
// the package `three` (a client of Python 2: `itertools.ifilter` is given back to it, nothing else is changed).
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const site = (process.argv[2] ?? 'http://127.0.0.1:8080').replace(/\/$/, '')
const base = `${site}/open311/v2/`
const schemas = process.env.SCHEMAS ?? ''
let failed = 0

async function check(name, work) {
  try {
    const said = await work()
    console.log(`ok      ${name}${said ? `: ${said}` : ''}`)
  } catch (error) {
    failed += 1
    console.log(`FAILED  ${name}: ${error.message}`)
  }
}
const ok = (value, what) => {
  if (!value) throw new Error(what)
}
async function get(path, status = 200) {
  const answer = await fetch(base + path)
  const text = await answer.text()
  ok(answer.status === status, `${path}: ${answer.status} ${text.slice(0, 200)}`)
  return { text, json: path.includes('.json') ? JSON.parse(text) : null, headers: answer.headers }
}

/** What does not fit: the part of JSON Schema that the standard's files use. */
function misfits(value, schema, at) {
  if (schema.$ref) return misfits(value, JSON.parse(readFileSync(join(schemas, schema.$ref), 'utf8')), at)
  const wrong = []
  const is = {
    string: typeof value === 'string',
    number: typeof value === 'number',
    integer: Number.isInteger(value),
    boolean: typeof value === 'boolean',
    array: Array.isArray(value),
    null: value === null,
    object: value !== null && typeof value === 'object' && !Array.isArray(value),
  }
  if (schema.anyOf && schema.anyOf.every((s) => misfits(value, s, at).length)) wrong.push(`${at} fits no choice`)
  if (schema.type && !is[schema.type]) wrong.push(`${at} is no ${schema.type}`)
  if (schema.enum && !schema.enum.includes(value)) wrong.push(`${at} is none of ${schema.enum}`)
  if (schema.maxLength && is.string && [...value].length > schema.maxLength) wrong.push(`${at} is too long`)
  if (schema.format === 'date-time' && is.string && !/T.*(Z|[+-]\d\d:\d\d)$/.test(value)) wrong.push(`${at} is no time`)
  if (schema.format === 'uri' && is.string && !URL.canParse(value)) wrong.push(`${at} is no address`)
  for (const name of is.object ? (schema.required ?? []) : []) if (!(name in value)) wrong.push(`${at}.${name} is missing`)
  for (const [name, part] of Object.entries(schema.properties ?? {}))
    if (is.object && name in value) wrong.push(...misfits(value[name], part, `${at}.${name}`))
  if (is.array && schema.items) value.forEach((item, i) => wrong.push(...misfits(item, schema.items, `${at}[${i}]`)))
  return wrong
}
function fits(value, schema) {
  if (!schemas) return 'no SCHEMAS: not compared'
  const wrong = misfits(value, JSON.parse(readFileSync(join(schemas, schema), 'utf8')), schema)
  ok(!wrong.length, wrong.slice(0, 5).join('; '))
  return ''
}
const count = (text, element) => text.split(`<${element}>`).length - 1

const services = (await get('services.json')).json
let made
await check('discovery in both formats', async () => {
  const { json } = await get('discovery.json')
  ok(json.endpoints[0].specification === 'http://wiki.open311.org/GeoReport_v2', 'specification')
  ok(count((await get('discovery.xml')).text, 'endpoint') === json.endpoints.length, 'endpoints')
})
await check('services', async () => {
  ok(count((await get('services.xml')).text, 'service') === services.length, 'XML and JSON differ')
  return fits(services, 'services.json') || `${services.length} services`
})
await check('every service definition', async () => {
  let said = ''
  for (const service of services) {
    const { json } = await get(`services/${service.service_code}.json`)
    said = fits(json, 'service-definition.json')
    ok(json.attributes.length > 0 === service.metadata, `${service.service_code}: metadata`)
    ok(count((await get(`services/${service.service_code}.xml`)).text, 'attribute') === json.attributes.length, 'XML')
  }
  return said
})
await check('a report comes in, once', async () => {
  const free = services.find((s) => !s.metadata)
  const place = (await get('requests.json?page_size=1')).json[0] ?? { lat: 52.5105, long: 4.668 }
  const form = new URLSearchParams({
    service_code: free.service_code,
    lat: place.lat,
    long: place.long,
    description: 'Melding van de Open311-test',
    client_request_id: crypto.randomUUID(),
  })
  const send = async () => (await fetch(`${base}requests.json`, { method: 'POST', body: form })).json()
  made = (await send())[0]
  ok(made.service_request_id, JSON.stringify(made))
  ok((await send())[0].service_request_id === made.service_request_id, 'a second report')
  const token = made.service_notice.split('/').pop()
  ok((await get(`tokens/${token}.json`)).json[0].service_request_id === made.service_request_id, 'token')
  fits((await get(`requests/${made.service_request_id}.json?token=${token}`)).json, 'requests.json')
})
await check('every report of every page', async () => {
  let n = 0
  let said = ''
  for (let page = 1; ; page += 1) {
    const { json, headers } = await get(`requests.json?page=${page}&page_size=200&extensions=true`)
    said = fits(json, 'requests.json')
    n += json.length
    if (!/rel="next"/.test(headers.get('link') ?? '')) break
  }
  const { text } = await get('requests.xml')
  ok(count(text, 'request') === Math.min(n, 1000), `XML has ${count(text, 'request')} of ${n}`)
  return said || `${n} reports`
})
await check('faults', async () => {
  for (const [path, status] of [
    ['services.html', 404],
    ['services.json?jurisdiction_id=nowhere', 404],
    ['services/nothing.json', 404],
    ['requests/none.json', 404],
    ['requests.json?start_date=yesterday', 400],
    ['requests.json?status=old', 400],
  ]) {
    const { json, text } = await get(path, status)
    ok(json ? json[0].code === status && json[0].description : text.includes('<errors><error><code>'), path)
  }
})
await check('npm open311 reads all', async () => {
  const Open311 = createRequire(import.meta.url)('open311')
  const client = new Open311({ endpoint: base, discovery: `${base}discovery.json`, apiKey: 'none', format: 'json' })
  const ask = (name, ...values) =>
    new Promise((done, fail) => client[name](...values, (error, data) => (error ? fail(new Error(`${name}: ${data}`)) : done(data))))
  ok((await ask('serviceDiscovery')).endpoints[0].url.endsWith('/open311/v2'), 'discovery')
  ok((await ask('serviceList')).length === services.length, 'serviceList')
  for (const service of services) ok((await ask('serviceDefinition', service.service_code)).attributes, service.service_code)
  const all = await ask('serviceRequests', {})
  ok(all.every((r) => r.requested_datetime instanceof Date && !Number.isNaN(+r.requested_datetime)), 'times')
  const sent = await ask('submitRequest', { service_code: services.find((s) => !s.metadata).service_code, lat: all[0]?.lat ?? 52.5105, long: all[0]?.long ?? 4.668, description: `Stock client ${Date.now()}` })
  ok(sent[0].service_request_id, 'submitRequest')
  return `${all.length} reports`
})
await check('PyPI three reads all', async () => {
  const python = process.env.PYTHON ?? 'python3'
  if (python !== 'python3') ok(existsSync(python), `${python} is not there`)
  const script = `
import itertools, sys
itertools.ifilter = filter
from three import Three
t = Three(sys.argv[1])
services = t.services()
for s in services: t.services(s['service_code'])
reports = t.requests(page_size=1000)
one = [t.request(r['service_request_id'])[0] for r in reports[:20]]
assert all(a['service_request_id'] == b['service_request_id'] for a, b in zip(reports, one))
assert t.discovery()['endpoints']
import time, xml.etree.ElementTree as ET
made = t.post(services[0]['service_code'] if not services[0]['metadata'] else [s for s in services if not s['metadata']][0]['service_code'], lat=reports[0]['lat'] if reports else 52.5105, long=reports[0]['long'] if reports else 4.668, description='three %f' % time.time(), name='Test Client')
assert made[0]['service_request_id'], made
x = Three(sys.argv[1], format='xml')
assert len(ET.fromstring(x.get('services', convert=False))) == len(services)
assert len(ET.fromstring(x.get('requests', convert=False))) >= len(reports)
print(len(services), 'services,', len(reports), 'reports')
`
  return execFileSync(python, ['-c', script, base], { encoding: 'utf8' }).trim()
})
console.log(failed ? `\n${failed} failed` : '\nall passed')
process.exit(failed ? 1 : 0)
