/** When what is dated is old: a form may have been dated by mistake, and what was bought may have been fetched. */

/** The same day of the year before, `YYYY-MM-DD`: what is dated before it is more than a year old. */
export const aYearAgo = (today: string): string => `${Number(today.slice(0, 4)) - 1}${today.slice(4)}`
