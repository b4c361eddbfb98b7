/** What operating systems and office programs leave beside papers: left out silently, since no sender knows of it. */

const junkNames = new Set(['thumbs.db', 'ehthumbs.db', 'desktop.ini', 'icon\r', 'folder.jpg.tmp'])

/** Whether a path inside a folder or an archive is system litter. */
export function isJunk(path: string): boolean {
  return path.split(/[/\\]/u).some((part) => {
    const name = part.toLowerCase()
    return name === '__macosx' || name.startsWith('.') || name.startsWith('~$') || junkNames.has(name)
  })
}
