/** What is asked for, and what must be confirmed before it may be done. */
import type { FieldValue, Finding } from '../../flow.ts'
import { serviceCodes, serviceTitles, type ServiceCode } from '../../guide/papers.ts'
import { services } from '../../guide/services.ts'
import { found, ofKind, type Case } from './case.ts'

/** 业务类别 of the registration form. */
export function unclearService(opened: Case): Finding[] {
  if (opened.told === 'ticked') return []
  const [form] = ofKind(opened, 'registration-form')
  const at = form ? { document: form, field: 'services' } : {}
  const ticks = form?.fields['services']
  // A tick is measured in pixels, in whatever file: only a promise tells that there is none.
  const nothingTicked = ticks?.certain === true && (ticks.value?.length ?? 0) === 0
  if (nothingTicked) return [found('service-unclear', 'correct', '《制卡业务受理登记表》没有勾选业务类别，请勾选后重新提交。', at)]
  const title = serviceTitles[opened.service]
  if (opened.told === 'inferred') return [found('service-unclear', 'look', `业务类别由材料推断为${title}，请核对。`, at)]
  return [found('service-unclear', 'look', `看不出要办理的业务（暂按${title}处理），请查看原件后更正业务类别。`, at)]
}

/**
 * Several marks on one sheet are several applications. Where two of them are about a card named by its number (卡号), the clerk sees which
 * card is meant by which: one number is read of the sheet, unless it stands behind each of them.
 */
export function severalServices(opened: Case): Finding[] {
  const others = opened.sheetServices.filter((service) => service !== opened.service)
  if (others.length === 0) return leftOutServices(opened)
  const [form] = ofKind(opened, 'registration-form')
  const titles = others.map((service) => serviceTitles[service]).join('、')
  const ticks = form?.fields['services']?.value
  const isOneCard = form?.fields['cardNumber']?.evidence?.includes('in-every-row') === true
  const rivals =
    opened.rule.cardNumberNeeded && !isOneCard
      ? others.filter((service) => services[service].cardNumberNeeded && Array.isArray(ticks) && ticks.some((tick) => tick === service))
      : []
  const opposed = others.filter((service) => excludeEachOther(service, opened.service))
  if (opposed.length > 0) {
    const both = [opened.service, ...opposed].map((service) => serviceTitles[service]).join('、')
    const message = `同一来件还申请办理${titles}，已分别立项，材料共用，但${both}不会同时办理，请核对是否误勾。`
    return [found('several-services', 'look', message, form ? { document: form, field: 'services' } : {})]
  }
  const which = `，请对照原件核对${[opened.service, ...rivals].map((service) => serviceTitles[service]).join('、')}各办理哪张卡`
  return [
    found(
      'several-services',
      rivals.length > 0 ? 'look' : 'note',
      `同一来件还申请办理${titles}，已分别立项，材料共用${rivals.length > 0 ? which : ''}。`,
      form ? { document: form, field: 'services' } : {},
    ),
  ]
}

/** Guide 一, 九: who is enrolled has no cards yet, but may ask for more of them; who is struck off has none any more. */
function excludeEachOther(one: ServiceCode, other: ServiceCode): boolean {
  const both = [one, other]
  return both.includes('deregister') || (both.includes('enrol') && !both.includes('add-operator'))
}

/**
 * A mark that may be none, and whose papers did not come, asks for nothing by itself: whoever made it is asked whether it does. So is who wrote a
 * card's number (卡号) behind a service that is not ticked.
 */
function leftOutServices(opened: Case): Finding[] {
  if (opened.told === 'unclear') return []
  // Where the papers tell the service one mark may have been read in the wrong row: that is looked at anyway.
  const isTold = (ticks: FieldValue | undefined) =>
    leftOut(ticks, opened).length > 0 && (opened.told === 'ticked' || marksOf(ticks).length > 1)
  const form = ofKind(opened, 'registration-form').find(({ fields: { services } }) => isTold(services))
  if (!form) return []
  const left = leftOut(form.fields['services'], opened)
  const titles = left.map((service) => `“${serviceTitles[service]}”`).join('')
  const why = left.every((service) => numberedIn(form.fields['services']).includes(service)) ? '一行写有卡号，未见勾选' : '似也有勾选'
  const message = `《制卡业务受理登记表》的${titles}${why}，未另行立项，请对照原件核对是否一并办理。`
  return [found('several-services', 'look', message, { document: form, field: 'services' })]
}

const leftOut = (ticks: FieldValue | undefined, { sheetServices }: Case): ServiceCode[] =>
  marksOf(ticks).filter((service) => !sheetServices.includes(service))

const marksOf = (ticks: FieldValue | undefined): ServiceCode[] => {
  const marks: readonly unknown[] = [...(Array.isArray(ticks?.value) ? ticks.value : []), ...numberedIn(ticks)]
  return serviceCodes.filter((service) => marks.includes(service))
}

/** The services behind which a card's number stands though they are not ticked. */
const numberedIn = (ticks: FieldValue | undefined): ServiceCode[] =>
  serviceCodes.filter((service) => ticks?.evidence?.includes(`card-number-at:${service}`))

/** Guide 九2(1): agreements in force must be ended with the legal person's card before it is voided. */
export function unconfirmedAgreements({ rule, context }: Case): Finding[] {
  const open = context.openAgreements ?? rule.agreements.map(({ title }) => title)
  if (open.length === 0) return []
  const systems = open.map((title) => `“${title}”`).join('')
  const message = `尚未确认${systems}中已没有生效的三方协议，请等待企业回复，或电话核实后登记，再作废法人卡。`
  return [found('agreements-unconfirmed', 'look', message, { kind: 'cancellation-request' })]
}
