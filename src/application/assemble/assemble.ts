/** Papers of one submission become applications: one enterprise asking for one service each. */
import type { ReadDocument } from '../../flow.ts'
import type { ServiceCode } from '../../guide/papers.ts'
import { enterpriseOf } from '../judge/enterprise.ts'
import type { JudgedPapers } from '../judge/papers.ts'
import type { Enterprise } from '../record.ts'
import { sharePapers } from './share-papers.ts'
import { splitEnterprises } from './split-enterprises.ts'
import { tellServices } from './tell-services.ts'

export interface Assembled extends JudgedPapers {
  readonly enterprise: Enterprise
}

/**
 * One application for each enterprise and service, in the order of the sheet; none when nothing was read: then the
 * submission itself, with its problems, is the visible record.
 */
export function assemble(documents: readonly ReadDocument[]): Assembled[] {
  return documents.length === 0 ? [] : splitEnterprises(documents).flatMap((papers) => assembleEnterprise(papers))
}

/** One application for each service that the papers of one enterprise ask for. */
function assembleEnterprise(papers: readonly ReadDocument[]): Assembled[] {
  const { services, told } = tellServices(papers)
  const enterprise = enterpriseOf(papers)
  return services.map((service: ServiceCode) => ({
    service,
    told,
    sheetServices: services,
    documents: sharePapers(papers, service, services),
    enterprise,
  }))
}
