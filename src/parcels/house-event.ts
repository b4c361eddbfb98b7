/** What happened to a parcel (邮包) that came in, or to one physical card in the house; in the log under `parcel/…` and `house/…`. */
export type HouseEvent =
  | { readonly type: 'parcel-received'; readonly carrier: string }
  | { readonly type: 'parcel-not-taken'; readonly carrier: string; readonly reason: string; readonly applicationNumber: string | null }
  | { readonly type: 'parcel-counted'; readonly cards: number }
  | { readonly type: 'parcel-linked'; readonly applicationNumber: string; readonly by: 'scan' | 'card' | 'clerk' }
  /** An outgoing one that was closed already. */
  | { readonly type: 'parcel-reopened' }
  | { readonly type: 'scans-joined'; readonly submissionId: string }
  | {
      readonly type: 'card-entered'
      readonly number: string | null
      readonly reason: string | null
      readonly parcelNumber: string | null
      readonly applicationNumber: string | null
    }
  /** Counted by mistake: there is no such card. */
  | { readonly type: 'card-struck' }
  | { readonly type: 'card-assigned'; readonly applicationNumber: string | null }
  | { readonly type: 'card-moved'; readonly place: string; readonly detail: string | null }
  | { readonly type: 'card-left'; readonly way: string; readonly detail: string | null }
