/** A handover as other stages ask for it, in their own transaction; by the number of its label, also of one that is no longer good. */
import type { Executor } from '../platform/database/open-database.ts'
import type { HandoverItem } from './address-parcel.ts'
import type { DispatchTables, HandoverState } from './dispatch-tables.ts'

export interface LookedUpHandover {
  readonly applicationNumber: string
  readonly enterpriseName: string | null
  readonly method: 'post' | 'window' | null
  readonly waybillNumber: string | null
  readonly state: HandoverState
  readonly recipientName: string | null
  readonly items: readonly HandoverItem[]
}

export async function lookUpHandover(
  executor: Executor,
  by: { readonly applicationNumber: string } | { readonly waybillNumber: string },
): Promise<LookedUpHandover | undefined> {
  const tables = executor.withTables<DispatchTables>()
  const rows = tables.selectFrom('handover').selectAll()
  const former = tables.selectFrom('former_waybill').select('application_number')
  const row = await (
    'waybillNumber' in by
      ? rows.where(({ or, eb }) =>
          or([
            eb('waybill_number', '=', by.waybillNumber),
            eb('application_number', 'in', former.where('waybill_number', '=', by.waybillNumber)),
          ]),
        )
      : rows.where('application_number', '=', by.applicationNumber)
  ).executeTakeFirst()
  return (
    row && {
      applicationNumber: row.application_number,
      enterpriseName: row.enterprise_name,
      method: row.method,
      waybillNumber: row.waybill_number,
      state: row.state,
      recipientName: row.recipient_name,
      items: JSON.parse(row.items) as HandoverItem[],
    }
  )
}
