// What a running server costs: start, lists, deep pages, map, picture, creates.
import { performance } from 'node:perf_hooks'
import { uuid7 } from '../e2e/server.mjs'
import { pathOf, report } from '../e2e/kill.mjs'
import { t } from '../e2e/words.mjs'
import { median, quantile, repeated, treeCpu } from './measure.mjs'

const show = (ms) => (ms < 10 ? ms.toFixed(1) : ms.toFixed(0))

/** Milliseconds from spawn to the first 200 of /healthz, five times. */
export async function starts(serve) {
  const out = []
  for (let i = 0; i < 5; i += 1) {
    const server = await serve()
    out.push(server.startMs)
    await server.stop()
  }
  return out
}

/** The picture page: the first request after a start, and then a hundred more. */
export async function picture({ server, cookie, postmaster, say }) {
  const first = await server.call('GET', '/picture', { cookie })
  if (first.status !== 200) throw new Error(`GET /picture: ${first.status}`)
  const warm = await repeated(server, '/picture', { times: 50, cookie, route: '/picture', postmaster })
  say(`picture: cold ${show(first.ms)} ms; warm p50 ${show(warm.p50)}, p95 ${show(warm.p95)} ms, ${warm.queries} queries`)
  const forecast = !['picture-no-forecast', 'picture-no-forecast-yet'].some((key) => first.body.toString().includes(t(key)))
  return { cold: first.ms, warm, forecast }
}

/** The list as it opens, and with four combinations of filters. */
const LISTS = [
  ['as it opens', '/signals'],
  ['all, also closed', '/signals?state=all'],
  ['closed, one category', '/signals?state=done&category=litter'],
  ['one priority, all states', '/signals?state=all&priority=public-space'],
  ['words in the text', '/signals?state=all&q=lantaarn'],
]

export async function lists({ server, cookie, postmaster, say }) {
  const out = []
  for (const [name, path] of LISTS) {
    const got = await repeated(server, path, { times: 200, cookie, route: '/signals', postmaster })
    say(
      `list ${name}: p50 ${show(got.p50)}, p95 ${show(got.p95)} ms, CPU ${show(got.cpu)} ms, ${got.queries} queries, ${(got.bytes / 1024).toFixed(0)} KiB`,
    )
    out.push({ name, path, ...got })
  }
  return out
}

/** Page 1,500 of the API against page 1, by its own cursor; fewer pages where there are fewer rows. */
export async function deepPages({ server, cookie, rows, say }) {
  const page = Math.max(3, Math.min(1500, Math.floor(rows / 50) - 1))
  const get = async (path) => {
    const answer = await server.call('GET', path, { cookie })
    if (answer.status !== 200) throw new Error(`GET ${path}: ${answer.status} ${answer.body.toString().slice(0, 200)}`)
    return { ms: answer.ms, list: JSON.parse(answer.body) }
  }
  const start = '/api/v1/signals?state=all'
  let path = start
  for (let n = 1; n < page; n += 1) {
    const { list } = await get(path)
    if (!list.next) throw new Error(`the list ends at page ${n}`)
    path = pathOf(list.next, server)
  }
  // In turns, so that whatever else the machine does weighs on both.
  const [first, last] = [[], []]
  for (let i = 0; i < 100; i += 1) {
    first.push((await get(start)).ms)
    last.push((await get(path)).ms)
  }
  say(`page ${page}: ${show(median(last))} ms; page 1: ${show(median(first))} ms`)
  return { page, first: median(first), last: median(last) }
}

/** The map of the list, with the most points that it draws: 4,000. */
export async function mapPage({ server, cookie, postmaster, say }) {
  const path = '/signals/map?state=all'
  const got = await repeated(server, path, { times: 50, cookie, route: '/signals/map', postmaster })
  const text = (await server.call('GET', path, { cookie })).body.toString()
  const points = (text.match(/<circle/g) ?? []).length
  say(`map: ${points} points, p50 ${show(got.p50)}, p95 ${show(got.p95)} ms, ${(got.bytes / 1024).toFixed(0)} KiB`)
  return { points, ...got }
}

/** Creates: CPU of one, one after another, and how many a second with four at once. */
export async function creates({ server, postmaster, say }) {
  const one = async () => {
    const begin = performance.now()
    const answer = await server.postJson('/api/v1/signals', report(uuid7(), 'Een vuilniszak naast de container.'))
    if (answer.status !== 201) throw new Error(`POST: ${answer.status} ${answer.body.toString().slice(0, 300)}`)
    return performance.now() - begin
  }
  for (let i = 0; i < 20; i += 1) await one()
  const before = { cpu: server.cpu(), pg: postmaster ? treeCpu(postmaster) : 0 }
  const ms = []
  for (let i = 0; i < 500; i += 1) ms.push(await one())
  const cpu = ((server.cpu() - before.cpu) * 1000) / ms.length
  const pgCpu = postmaster ? ((treeCpu(postmaster) - before.pg) * 1000) / ms.length : 0
  let made = 0
  const end = performance.now() + 10_000
  const lane = async () => {
    while (performance.now() < end) {
      await one()
      made += 1
    }
  }
  await Promise.all([lane(), lane(), lane(), lane()])
  const rate = made / 10
  say(`create: CPU ${show(cpu)} ms, p50 ${show(quantile(ms, 0.5))} ms; ${rate.toFixed(0)}/s with four at once`)
  return { cpu, pgCpu, p50: quantile(ms, 0.5), p95: quantile(ms, 0.95), rate }
}
