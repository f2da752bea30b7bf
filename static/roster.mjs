// While the search is at work the page looks again by itself; without this script there is a link that does it.
const mark = document.querySelector('[data-refresh]')
if (mark instanceof HTMLElement) {
  const seconds = Number(mark.dataset.refresh) || 3
  setTimeout(() => {
    if (!document.hidden) location.reload()
    else document.addEventListener('visibilitychange', () => location.reload(), { once: true })
  }, seconds * 1000)
}
