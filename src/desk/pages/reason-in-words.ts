/** Why a letter was not sent, or not yet, in the clerk's words; the codes are those of dispatch and of the mail server. */

/** RFC 3463: the second and third number of a status. */
const statusWords: [RegExp, string][] = [
  [/\b[45]\.1\.\d/u, '收件地址不存在或写错'],
  [/\b[45]\.2\.2\b/u, '对方邮箱已满'],
  [/\b[45]\.2\.\d/u, '对方邮箱已停用'],
  [/\b[45]\.3\.4\b/u, '邮件太大'],
  [/\b[45]\.4\.\d/u, '对方服务器联系不上'],
  [/\b[45]\.7\.\d/u, '对方服务器拒收'],
]

export function reasonInWords(reason: string): string {
  const why = statusWords.find(([status]) => status.test(reason))?.[1]
  return `${wordsOf(reason, why)}（${reason}）`
}

function wordsOf(reason: string, why: string | undefined): string {
  if (reason.startsWith('bounced')) return `被对方退回${why ? `：${why}` : ''}，请核对地址或改用电话联系`
  if (reason.startsWith('delayed')) return `对方服务器仍在投递${why ? `：${why}` : ''}，暂不需要处理`
  if (reason === 'interrupted') return '发送中途程序停止，不知是否送出，请核实'
  if (reason.startsWith('gave-up')) return '多次发送没有成功，已停止'
  if (/\b5\d\d\b/u.test(reason)) return `邮件服务器不收${why ? `：${why}` : ''}，请核对收件地址`
  if (/\b4\d\d\b/u.test(reason)) return '邮件服务器暂忙，稍后自动再发'
  if (/auth/iu.test(reason)) return '发信账号登录不上，请管理员检查配置'
  return '与邮件服务器的连接中断'
}
