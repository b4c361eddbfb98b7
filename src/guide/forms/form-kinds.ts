/** The forms of the guide, 附件1 to 附件5; the place in this list stands for the form in its code and never changes. */
export const formKinds = ['registration-form', 'card-form', 'change-request', 'cancellation-request', 'authorization-letter'] as const
export type FormKind = (typeof formKinds)[number]
