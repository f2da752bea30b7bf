// What is measured on: a file of invented signals, and a fresh installation on either database.
import { spawnSync } from 'node:child_process'
import { createWriteStream, readFileSync } from 'node:fs'
import { cp, mkdir, writeFile } from 'node:fs/promises'
import { once } from 'node:events'
import { join } from 'node:path'
import { root, run, seeded, freePort } from '../e2e/server.mjs'

const config = join(root, 'config')

/** The neighbourhoods' rings, so that every point lies inside the municipality. */
function rings() {
  const file = JSON.parse(readFileSync(join(config, 'heemskerk/areas.geojson'), 'utf8'))
  return file.features.flatMap((f) => {
    const g = f.geometry
    const polygons = g.type === 'MultiPolygon' ? g.coordinates : [g.coordinates]
    return polygons.map((p) => p[0])
  })
}

function inside(ring, x, y) {
  let within = false
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
    const [[xi, yi], [xj, yj]] = [ring[i], ring[j]]
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) within = !within
  }
  return within
}

/** Category ids of Heemskerk that residents may use. */
export function categories() {
  const text = readFileSync(join(config, 'heemskerk/categories.toml'), 'utf8')
  return text
    .split('[[category]]')
    .slice(1)
    .map((block) => block.split('[[')[0])
    .filter((block) => /^public = true$/m.test(block))
    .map((block) => block.match(/^id = "(.+)"$/m)[1])
}

const WORDS =
  'er staat hier al dagen een vuilniszak naast de container bij de hoek van het plein de lantaarn is uit auto geparkeerd op de stoep hond los in het park glas op het fietspad overlast van muziek laat in de avond graag opruimen dank u wel'.split(
    ' ',
  )

/** Writes `rows` signals of two years (2023 and 2024), one in three around 400 busy places, the rest anywhere. */
export async function csv(path, rows, seed = 396) {
  const rng = seeded(seed)
  const kinds = categories()
  const areas = rings()
  const all = areas.flat()
  const [w, e] = [Math.min(...all.map((p) => p[0])), Math.max(...all.map((p) => p[0]))]
  const [s, n] = [Math.min(...all.map((p) => p[1])), Math.max(...all.map((p) => p[1]))]
  const somewhere = () => {
    for (;;) {
      const [x, y] = [w + rng() * (e - w), s + rng() * (n - s)]
      if (areas.some((ring) => inside(ring, x, y))) return [x, y]
    }
  }
  const busy = Array.from({ length: 400 }, somewhere)
  const near = ([x, y]) => {
    for (let tries = 0; tries < 20; tries += 1) {
      const point = [x + (rng() + rng() - 1) * 0.0016, y + (rng() + rng() - 1) * 0.001]
      if (areas.some((ring) => inside(ring, ...point))) return point
    }
    return [x, y]
  }
  const anywhere = Array.from({ length: 20_000 }, somewhere)
  const from = Date.UTC(2023, 0, 1)
  const span = Date.UTC(2025, 0, 1) - from
  const file = createWriteStream(path)
  file.write('id,time,lon,lat,category,words,address,closed\n')
  let part = ''
  for (let i = 0; i < rows; i += 1) {
    const time = new Date(from + Math.floor((i + rng()) * (span / rows)))
    const [lon, lat] = i % 3 === 0 ? near(busy[Math.floor(rng() ** 2 * 400)]) : near(anywhere[Math.floor(rng() * 20_000)])
    const length = 6 + Math.floor(rng() * 18)
    const start = Math.floor(rng() * WORDS.length)
    const words = Array.from({ length }, (_, k) => WORDS[(start + k) % WORDS.length]).join(' ')
    const open = rng() < 0.03
    const closed = open ? '' : new Date(time.getTime() + 3_600_000 * (1 + Math.floor(rng() * 240))).toISOString()
    const kind = kinds[Math.floor(rng() ** 1.5 * kinds.length)]
    part += `B${i},${time.toISOString()},${lon.toFixed(6)},${lat.toFixed(6)},${kind},${words},Straat ${1 + (i % 400)},${closed}\n`
    if (part.length > 1 << 20) {
      if (!file.write(part)) await once(file, 'drain')
      part = ''
    }
  }
  file.end(part)
  await once(file, 'finish')
}

/** How the file above is to be read. */
export async function mapping(path) {
  const lines = categories().map((id) => `${id} = "${id}"`)
  await writeFile(
    path,
    `municipality = "GM0396"
source = "import"
origin = "bench"

[columns]
id = "id"
time = "time"
x = "lon"
y = "lat"
category = "category"
words = "words"
address = "address"
closed = "closed"

[time]
format = "iso"
zone = "Europe/Amsterdam"

[place]
crs = "wgs84"

[categories]
${lines.join('\n')}

[file]
delimiter = ","
encoding = "utf-8"
`,
  )
}

const psql = (url, sql) => {
  const done = spawnSync('psql', [url, '-v', 'ON_ERROR_STOP=1', '-qAtc', sql], { encoding: 'utf8' })
  if (done.status !== 0) throw new Error(`psql: ${done.stderr || done.error}`)
  return done.stdout.trim()
}

export const VAULTS = ['main', 'wpg', 'police', 'partnership', 'radicalisation', 'bibob', 'social', 'ggz', 'victims']

/** A new PostgreSQL database with a role and a schema per vault; gives the lines of `[storage.vaults]`. */
export function postgresVaults(name) {
  const url = process.env.REGIE_TEST_POSTGRES
  const base = url.slice(0, url.lastIndexOf('/'))
  psql(url, `create database ${name}`)
  return VAULTS.map((vault) => {
    const role = `${vault}_${name}`
    for (const sql of [
      `create role ${role} login password 'secret'`,
      `create schema ${vault} authorization ${role}`,
      `revoke all on schema public from ${role}`,
    ]) {
      psql(`${base}/${name}`, sql)
    }
    return `${vault} = "postgres://${role}:secret@${base.split('@')[1]}/${name}"\n`
  }).join('')
}

/** Process id of the PostgreSQL server. */
export const postmaster = () =>
  Number(psql(process.env.REGIE_TEST_POSTGRES, "select split_part(pg_read_file('postmaster.pid'), E'\\n', 1)"))

/** After a load: what a nightly autovacuum would have done. */
export const postgresAnalyze = (name) => {
  const url = process.env.REGIE_TEST_POSTGRES
  psql(`${url.slice(0, url.lastIndexOf('/'))}/${name}`, 'vacuum analyze')
}

/** Configuration, areas and one account; gives what is needed to start and to sign in. */
export async function installation(dir, database, name) {
  const port = await freePort()
  await mkdir(dir, { recursive: true })
  await cp(config, join(dir, 'config'), { recursive: true })
  const storage =
    database === 'sqlite'
      ? 'kind = "sqlite"\ndir = "."\n'
      : `kind = "postgres"\n\n[storage.vaults]\n${postgresVaults(name)}`
  const file = join(dir, 'regie.toml')
  await writeFile(
    file,
    `listen = "127.0.0.1:${port}"
public_url = "http://127.0.0.1:${port}"
municipalities = ["config/heemskerk"]
law = "config/law"
keys = "keys.toml"

[storage]
${storage}
[mail]
from = "Regie <regie@regie.example>"
folder = "mail"
`,
  )
  const must = async (args, input) => {
    const done = await run(args, { input })
    if (done.code !== 0) throw new Error(`regie ${args.join(' ')}: exit code ${done.code}\n${done.out}${done.err}`)
  }
  await must(['keys', 'make', join(dir, 'keys.toml')])
  await must(['import', 'areas', join(config, 'heemskerk/areas.geojson'), '--year', '2025', '--config', file])
  const account = { username: 'bench', password: 'a long enough password' }
  await must(
    ['account', 'add', '--username', account.username, '--name', 'Bench', '--role', 'coordinator', '--config', file],
    account.password,
  )
  return { dir, file, port, database, name, account }
}
