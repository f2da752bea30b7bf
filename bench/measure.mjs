// How things are measured: percentiles, CPU of the program, queries from its own metrics.
import { readFileSync, readdirSync } from 'node:fs'
import { wait } from '../e2e/server.mjs'

export const quantile = (values, q) => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(q * sorted.length) - 1)] ?? NaN
}
export const median = (values) => quantile(values, 0.5)

/** CPU seconds of a process and all that it started. */
export function treeCpu(pid) {
  let sum = 0
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'utf8').split(') ')[1].split(' ')
      if (Number(entry) === pid || Number(stat[1]) === pid) sum += Number(stat[11]) + Number(stat[12])
    } catch {
      // it ended while we looked
    }
  }
  return sum / 100
}

/** Number of requests and of queries of a route so far. */
export async function queries(server, route) {
  const text = (await server.call('GET', '/metrics')).body.toString()
  const read = (name) => {
    const line = text.split('\n').find((l) => l.startsWith(`${name}{`) && l.includes(`route="${route}"`))
    return Number(line?.split(' ').at(-1) ?? 0)
  }
  return { requests: read('regie_request_queries_count'), queries: read('regie_request_queries_sum') }
}

/** Waits until the program has been idle for a second: background work at start must not count. */
export async function settle(server, patience = 600_000) {
  const end = Date.now() + patience
  await wait(2000)
  for (let quiet = 0; quiet < 2 && Date.now() < end; ) {
    const before = server.cpu()
    await wait(500)
    quiet = server.cpu() - before < 0.015 ? quiet + 1 : 0
  }
}

/** `times` requests one after another: milliseconds, CPU and queries per request. */
export async function repeated(server, path, { times, cookie, route, postmaster, accept = 'text/html' }) {
  const one = async () => {
    const answer = await server.call('GET', path, { cookie, headers: { accept } })
    if (answer.status !== 200) throw new Error(`GET ${path}: ${answer.status}`)
    return answer
  }
  for (let i = 0; i < 5; i += 1) await one()
  const before = { cpu: server.cpu(), pg: postmaster ? treeCpu(postmaster) : 0, q: await queries(server, route) }
  const ms = []
  let bytes = 0
  for (let i = 0; i < times; i += 1) {
    const answer = await one()
    ms.push(answer.ms)
    bytes = answer.body.length
  }
  const cpu = server.cpu() - before.cpu
  const pg = postmaster ? treeCpu(postmaster) - before.pg : 0
  const after = await queries(server, route)
  return {
    p50: quantile(ms, 0.5),
    p95: quantile(ms, 0.95),
    max: Math.max(...ms),
    cpu: (cpu * 1000) / times,
    pgCpu: (pg * 1000) / times,
    queries: (after.queries - before.q.queries) / (after.requests - before.q.requests),
    bytes,
  }
}
