/** What operating systems and office programs leave beside papers: left out silently, since no sender knows of it. */

const junkNames = new Set([
  '__macosx',
  '.ds_store',
  '.spotlight-v100',
  '.trashes',
  '.fseventsd',
  'thumbs.db',
  'ehthumbs.db',
  'desktop.ini',
  'icon\r',
])

/** Whether a path inside a folder, a mail or an archive is system litter. A paper may well be called `.jpg`. */
export function isJunk(path: string): boolean {
  return path.split(/[/\\]/u).some((part) => junkNames.has(part.toLowerCase()) || part.startsWith('._') || part.startsWith('~$'))
}

/** On a disk, names that begin with a dot are hidden from the person who works with the folder. */
export function isHidden(name: string): boolean {
  return name.startsWith('.') || isJunk(name)
}
