// The service worker of the officer's app: keeps the shell of one version and gives it without asking the network.
// Data is not its business: everything under /api/ goes to the network, and the app keeps its own encrypted store.
// VERSION and FILES stand above this text; another version is another worker, which waits until the officer agrees.

self.addEventListener('install', (event) => {
  const load = async () => {
    const cache = await caches.open(VERSION)
    await Promise.all(FILES.map(async (url) => {
      const answer = await fetch(url, { cache: 'no-cache', credentials: 'same-origin', redirect: 'error' })
      if (!answer.ok) throw new Error(`${answer.status} for ${url}`)
      await cache.put(url, answer)
    }))
  }
  event.waitUntil(load())
})

self.addEventListener('activate', (event) => {
  const clean = async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith('field-') && name !== VERSION) await caches.delete(name)
    }
    await self.clients.claim()
  }
  event.waitUntil(clean())
})

self.addEventListener('message', (event) => {
  if (event.data === 'go') self.skipWaiting()
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  if (request.method !== 'GET') return
  const url = new URL(request.url)
  if (url.origin !== self.location.origin) return
  const key = request.mode === 'navigate' && url.pathname === '/field' ? '/field' : url.pathname
  if (!FILES.includes(key)) return
  event.respondWith(caches.open(VERSION).then(async (cache) => (await cache.match(key)) ?? fetch(request)))
})
