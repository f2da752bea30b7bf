// The figures as a page: the target beside each, and plainly where it is missed.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { cpus, totalmem } from 'node:os'
import { bin, root } from '../e2e/server.mjs'
import { median } from './measure.mjs'

const [BEGIN, END] = ['<!-- written by make bench: begin -->', '<!-- written by make bench: end -->']

export function machine() {
  const says = (command, ...args) => spawnSync(command, args, { cwd: root, encoding: 'utf8' }).stdout?.trim() ?? ''
  const name = readFileSync('/etc/os-release', 'utf8').match(/PRETTY_NAME="(.+)"/)?.[1] ?? ''
  return {
    date: new Date().toISOString().slice(0, 10),
    cpu: `${cpus().length} × ${cpus()[0].model.trim()}`,
    memory: `${(totalmem() / 2 ** 30).toFixed(0)} GiB`,
    system: `${name}, Linux ${says('uname', '-r')}`,
    commit: `${says('git', 'rev-parse', '--short', 'HEAD')}${says('git', 'status', '--porcelain') ? ' with changes' : ''}`,
    rust: says('rustc', '--version').split(' ')[1],
    node: process.version,
    command: `BENCH=${process.env.BENCH ?? 'normal'} make bench`,
  }
}

const number = (value, digits = 0) =>
  Number.isFinite(value)
    ? value.toLocaleString('en-GB', { minimumFractionDigits: digits, maximumFractionDigits: digits })
    : 'not measured'
const ms = (value) => `${number(value, value < 10 ? 1 : 0)} ms`

/** A line of the table: what, figure, target, and whether it is met. `met` is null where there is no target. */
const row = (what, figure, target = '', met = null) =>
  `| ${what} | ${figure} | ${target} | ${met === null ? '' : met ? 'met' : '**missed**'} |`

function tableOf(s) {
  const small = s.rows <= 100_000
  const lines = ['| What | Figure | Target | |', '|---|---|---|---|']
  const spread = s.import.rates.length > 1 ? ` (${s.import.rates.map((r) => number(r)).join(', ')})` : ''
  const sqlite = s.database === 'sqlite'
  lines.push(
    row('import of the CSV, rows/s', `${number(s.import.rate)}${spread}`, sqlite ? '≥ 50,000' : '', sqlite ? s.import.rate >= 50_000 : null),
  )
  lines.push(row('start to first answer of /healthz', ms(median(s.start)), '< 1 s', median(s.start) < 1000))
  lines.push(
    row(`picture page from cold${s.picture.forecast ? '' : ', no forecast made yet'}`, ms(s.picture.cold), small ? '≤ 300 ms' : '', small ? s.picture.cold <= 300 : null),
  )
  lines.push(row('picture page, warm: p50 / p95', `${ms(s.picture.warm.p50)} / ${ms(s.picture.warm.p95)}`))
  for (const list of s.lists) {
    lines.push(row(`list of signals, ${list.name}: p50 / p95`, `${ms(list.p50)} / ${ms(list.p95)}`))
    const beside = list.pgCpu ? `; PostgreSQL beside it ${ms(list.pgCpu)}` : ''
    lines.push(row('… CPU per request', `${ms(list.cpu)}${beside}`, small ? '≤ 15 ms' : '', small ? list.cpu <= 15 : null))
    lines.push(row('… queries', number(list.queries, 1), '≤ 5', list.queries <= 5))
  }
  const ratio = s.deep.last / s.deep.first
  lines.push(
    row(
      `page ${number(s.deep.page)} against page 1 of the API (50 rows each)`,
      `${number(ratio, 2)} × (${ms(s.deep.last)} against ${ms(s.deep.first)})`,
      '≤ 1.2 ×',
      ratio <= 1.2,
    ),
  )
  if (s.map) lines.push(row(`map with ${number(s.map.points)} points: p50 / p95`, `${ms(s.map.p50)} / ${ms(s.map.p95)}`, '≤ 50 ms', s.map.p50 <= 50))
  const beside = s.create.pgCpu ? `; PostgreSQL beside it ${ms(s.create.pgCpu)}` : ''
  lines.push(row('create by the API, CPU', `${ms(s.create.cpu)}${beside}`, '≤ 5 ms', s.create.cpu <= 5))
  lines.push(row('create by the API, one after another: p50 / p95', `${ms(s.create.p50)} / ${ms(s.create.p95)}`))
  lines.push(row('creates/s, 4 at once during 10 s', number(s.create.rate)))
  lines.push(row('resident memory after the run', `${number(s.memory.rss)} MiB`, '≤ 150 MiB', s.memory.rss <= 150))
  lines.push(row('… at its highest', `${number(s.memory.high)} MiB`))
  return lines.join('\n')
}

function pictureTable({ rolling, daily, aberration }) {
  const seconds = (s) => `${number(s, 2)} s`
  const of = ({ invented }) => (invented ? ' (made-up data)' : '')
  const lines = ['| What | Figure | Target | |', '|---|---|---|---|']
  const what = `\`regie picture backtest\`, ${number(rolling.rows)} rows, ${number(rolling.cells)} cells, ${rolling.weeks} weeks, model \`${rolling.model}\``
  const parts = `reading ${seconds(rolling.reading)}, model ${seconds(rolling.model_seconds)}`
  lines.push(row(what + of(rolling), `${seconds(rolling.seconds)} (${parts})`, '≤ 2 s', rolling.seconds <= 2))
  const most = { 100000: 1, 1000000: 10 }
  for (const [i, d] of daily.entries()) {
    const [target, before] = [most[d.events], daily[i - 1]]
    const name = `nightly refit and forecast, ${number(d.events)} events × 5 years, all groups`
    lines.push(row(name, seconds(d.seconds), target ? `≤ ${target} s` : '', target ? d.seconds <= target : null))
    if (d.peak_mib !== null) lines.push(row('… memory at its highest', `${number(d.peak_mib)} MiB`, '≤ 1,024 MiB', d.peak_mib <= 1024))
    if (before?.events >= 100_000) {
      const [times, cost] = [d.events / before.events, d.seconds / before.seconds]
      lines.push(row(`… ${number(times)} × the events cost`, `${number(cost, 1)} ×`, `≤ ${number(times)} ×`, cost <= times))
    }
  }
  const early = `early warning, ${number(aberration.series)} series${of(aberration)}: per series-week`
  lines.push(row(early, `${number(aberration.ms, 4)} ms`, '≤ 0.1 ms', aberration.ms <= 0.1))
  return lines.join('\n')
}

function deploymentTable({ instances, towns, roster, shifts }) {
  const lines = ['| What | Figure | Target | |', '|---|---|---|---|']
  const most = { 1: [1, Infinity], 5: [0.3, 1.5] }
  for (const { seconds, cases, mean, worst } of instances) {
    const [average, highest] = most[seconds]
    const name = `rounds, ${cases} public cases, ${seconds} s: mean / worst gap to the best known`
    const target = highest === Infinity ? `≤ ${average} %` : `≤ ${average} % / ≤ ${highest} %`
    lines.push(row(name, `${number(mean, 2)} % / ${number(worst, 2)} %`, target, mean <= average && worst <= highest))
  }
  for (const { seed, short, first } of towns) {
    lines.push(row(`1,000 places, 8 officers, town ${seed}: first plan`, `${number(first, 3)} s`, '≤ 0.2 s', first <= 0.2))
    lines.push(row('… what a minute adds to the plan of one second', `${number(short, 2)} %`, '≤ 2 %', short <= 2))
  }
  for (const { tries, seed, seconds, gap, forbidden, short } of roster) {
    const state = forbidden ? 'not lawful' : short ? `lawful, ${short} open` : `lawful and staffed, ${number(gap, 2)} % above the bound`
    lines.push(row(`roster of 30 officers, 8 weeks, ${number(tries)} tries, seed ${seed}`, `${number(seconds, 2)} s: ${state}`))
  }
  lines.push(row('1,000 simulated shifts of the app, build included', `${number(shifts.seconds)} s: none lost, none doubled, chain whole`, 'none lost, none doubled', true))
  return lines.join('\n')
}

function text(results) {
  const m = results.machine
  const names = { sqlite: 'SQLite', postgres: 'PostgreSQL' }
  const parts = [
    `Measured on ${m.date}: ${m.cpu}, ${m.memory}, ${m.system}; commit ${m.commit}; rustc ${m.rust}, Node ${m.node}.
Command: \`${m.command}\`. The program is built with the profile \`demo\` (opt-level 2, no LTO), as \`make demo\` builds it. It
serves from the same machine that asks, one request after another unless said otherwise. CPU is user and system time of the
program, from /proc. PostgreSQL runs beside it with its standard settings, and syncs to disk. A page is the whole answer,
for a signed-in coordinator. Signals are invented: two years, one in three around 400 busy places.`,
  ]
  for (const s of results.sections) {
    parts.push(`### ${names[s.database]}, ${number(s.rows)} signals\n\n${tableOf(s)}`)
  }
  if (results.picture) parts.push(`### The picture\n\n${pictureTable(results.picture)}`)
  if (results.deployment) parts.push(`### Deployment\n\n${deploymentTable(results.deployment)}`)
  const lines = ['| What | Figure | Target | |', '|---|---|---|---|']
  lines.push(row('size of the program', `${number(results.binary / 1e6, 1)} MB`))
  for (const b of results.builds ?? []) {
    lines.push(row(`development build after changing ${b.what}`, `${b.seconds.map((s) => number(s, 1)).join(', ')} s`, `\`${b.command}\``))
  }
  if (results.clone !== null) {
    lines.push(row('from a clean clone, empty package caches, to the first page of `make demo`', `${number(results.clone)} s`, '≤ 480 s', results.clone <= 480))
  }
  if (results.permits) {
    const p = results.permits
    lines.push(row('permit decisions on one core, one after another', `${number(p.per_second)} a second`, '≥ 50,000', p.per_second >= 50_000))
    lines.push(row('… p50 / p99', `${number(p.p50_us, 2)} µs / ${number(p.p99_us, 2)} µs`, '≤ 1 ms', p.p99_us <= 1000))
    lines.push(row('… asked for the first time, by Cedar itself', `${number(p.first_us)} µs`))
    const page = results.sections.find((s) => s.database === 'sqlite')?.lists[0]
    if (page) {
      const share = p.list_page_us / 10 / page.cpu
      lines.push(row('permits of a list page with a menu of twenty entries', `${number(p.list_page_us)} µs, ${number(share, 1)} % of its CPU`, '≤ 10 %', share <= 10))
    }
  }
  for (const s of results.sections) {
    lines.push(row(`\`regie check fences\` on ${names[s.database]}`, s.fences, 'every fence holds', true))
  }
  if (results.kill) {
    const k = results.kill
    lines.push(
      row(
        `\`kill -9\` in the middle of creates, ${k.rounds} times`,
        `${number(k.acknowledged)} acknowledged, ${number(k.unsure)} without an answer: none lost, none doubled; ${k.audit.replaceAll('\n', '; ')}`,
        'none lost, none doubled, chain whole',
        true,
      ),
    )
    lines.push(row('start after `kill -9`: median / longest', `${ms(median(k.startMs))} / ${ms(Math.max(...k.startMs))}`, '< 1 s', Math.max(...k.startMs) < 1000))
  }
  parts.push(`### The program\n\n${lines.join('\n')}`)
  return parts.join('\n\n')
}

/** Replaces the part of the page between the marks; what people wrote around it stays. */
export async function write(results, path) {
  const page = await readFile(path, 'utf8').catch(() => '# Measurements\n')
  const fresh = `${BEGIN}\n\n${text(results)}\n\n${END}`
  const [before, rest] = page.split(BEGIN)
  const after = rest === undefined ? '\n' : (rest.split(END)[1] ?? '\n')
  await writeFile(path, rest === undefined ? `${page.trimEnd()}\n\n${fresh}\n` : `${before}${fresh}${after}`)
  console.log(`\nwritten: ${path}\nprogram: ${bin}`)
}
