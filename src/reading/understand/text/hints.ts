/** What a form prints in brackets to tell how a place is filled in (收件地址：…（请详细到门牌号）) is no part of a value. */

const hint =
  /\((?:请?(?:详细|具体|精确)到|[^()]{0,4}到门牌|请(?:填写|填|写明|注明|务必|如实|准确|正确|详细|用|使用|提供|输入|打印|加盖|在)|[须需应]?与[^()]{2,12}(?:一致|相符)|必填|选填|可不填|不填|没有则|无则|如有|如无|多[个张]|可另附|\d{1,2}位|手机(?:号码?)?|固定?电话|座机|含区号|区号|[须需]?(?:加?盖(?:单位|企业)?公?章|签字|签名|签章|亲笔签[名字])(?:[或及/、](?:盖章|签字|签名|签章))?)[^()]{0,24}\)/gu

/** The end of such a hint whose closing bracket was not seen: no value says so. */
const openHint = /\((?:请?(?:详细|具体|精确)到|请(?:填写|填|写明|注明|务必|如实|准确|正确|详细))[^()]{0,12}$/u

/** Where hints stand in a line's text (blanks left out, brackets half-width): letters `start` up to, not including, `end`. */
export function hintsIn(text: string): { readonly start: number; readonly end: number }[] {
  if (!text.includes('(')) return []
  const open = openHint.exec(text)
  return [...text.matchAll(hint), ...(open ? [open] : [])].map((match) => {
    const start = Array.from(text.slice(0, match.index)).length
    return { start, end: start + Array.from(match[0]).length }
  })
}
