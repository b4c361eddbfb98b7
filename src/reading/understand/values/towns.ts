/** Streets and towns of Xiamen, whose papers these are: several are written with characters that recognisers do not know. */

const names =
  '厦港 中华 滨海 鹭江 开元 梧村 筼筜 莲前 嘉莲 鼓浪屿 湖里 殿前 禾山 江头 金山 集美 侨英 杏林 杏滨 灌口 后溪 海沧 新阳 嵩屿 东孚 ' +
  '大同 祥平 西柯 新民 洪塘 五显 莲花 汀溪 大嶝 马巷 新店 金海 凤翔 香山 内厝 新圩'
const towns = names.split(' ').flatMap((name) => [`${name}街道`, `${name}镇`])

/** Those of their characters that the recogniser's list lacks: it passes over them, and reads the others. */
const unknown = /^[嶝筼筜]$/u

/** The one character that makes the name of a town where one is lacking at `at`: 嶝 between 大 and 街道; null when none or several do. */
export function lackingInTown(text: string, at: number): string | null {
  const lacking = new Set(
    towns.flatMap((town) =>
      Array.from(town).flatMap((character, place) => {
        const [head, tail] = [town.slice(0, place), town.slice(place + 1)]
        return head.length + tail.length >= 2 && text.slice(0, at).endsWith(head) && text.startsWith(tail, at) ? [character] : []
      }),
    ),
  )
  // 大嶝街道, not 大同街道.
  const likely = [...lacking].filter((character) => unknown.test(character))
  const told = likely.length > 0 ? likely : [...lacking]
  return told.length === 1 ? told[0]! : null
}
