/** Words by which an applicant takes a request back (撤回); whether that is meant a clerk reads. */
const withdrawing =
  /撤回|撤销(?:本次|该|此|这次|上述|原)?(?:申请|业务|办理)|取消(?:本次|该|此|这次|上述|原)?(?:申请|业务|办理)|终止(?:申请|办理)|放弃(?:申请|办理)|不(?:再|想|用|必|需要?|打算)?(?:申请|办理?)了|不(?:再|想|用|打算)(?:申请|办理)/u

/** A story that is longer says more than that. In characters. */
const longest = 600

/** Of what a mail says anew, subject included. */
export const asksToWithdraw = (text: string): boolean => text.length <= longest && withdrawing.test(text)
