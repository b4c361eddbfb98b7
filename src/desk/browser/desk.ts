/** What the pages gain from a script; without one every form still works. For Chrome 80 and later. */
import { enhanceForms } from './enhance-forms.ts'
import { keepScanning } from './keep-scanning.ts'
import { listenToKeys } from './listen-to-keys.ts'
import { openDialogs } from './open-dialogs.ts'
import { printPage } from './print-page.ts'
import { pollRegions } from './swap-regions.ts'
import { viewPaper } from './view-paper.ts'
import { walkRows } from './walk-rows.ts'

document.documentElement.classList.add('enhanced')
openDialogs()
enhanceForms()
walkRows()
viewPaper()
keepScanning()
listenToKeys()
printPage()
pollRegions()
