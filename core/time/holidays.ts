import type { Text } from "../text";
import { dayPlus } from "./day";
import { dayOfLunar } from "./lunar";

/** When a holiday is in a year; null where that is not known. */
type Rule = (year: number) => string | null;

const two = (n: number): string => String(n).padStart(2, "0");
const on =
  (month: number, day: number): Rule =>
  (year) =>
    `${year}-${two(month)}-${two(day)}`;
const lunar =
  (month: number, day: number): Rule =>
  (year) =>
    dayOfLunar(year, month, day);
/** The nth of a weekday in a month; Sunday is 0. */
const nth =
  (n: number, weekday: number, month: number): Rule =>
  (year) => {
    const first = new Date(Date.UTC(year, month - 1, 1)).getUTCDay();
    return on(month, 1 + ((weekday - first + 7) % 7) + (n - 1) * 7)(year);
  };
const after =
  (rule: Rule, days: number): Rule =>
  (year) => {
    const day = rule(year);
    return day === null ? null : dayPlus(day, days);
  };
/** The sun at 15°, by the customary formula for this century. */
const qingming: Rule = (year) =>
  year < 2000 || year > 2099
    ? null
    : on(4, Math.floor((year % 100) * 0.2422 + 4.81) - Math.floor((year % 100) / 4))(year);

const holiday = (en: string, zh: string, rule: Rule): { name: Text; rule: Rule } => ({
  name: { en, "zh-CN": zh },
  rule,
});

/** Public and customary holidays, each on one day of every year, in their order. Days off around them are not meant. */
export const HOLIDAYS = {
  new_year: holiday("New Year's Day", "元旦", on(1, 1)),
  spring_eve: holiday("Chinese New Year's Eve", "除夕", after(lunar(1, 1), -1)),
  spring_festival: holiday("Spring Festival", "春节", lunar(1, 1)),
  lantern: holiday("Lantern Festival", "元宵节", lunar(1, 15)),
  valentine: holiday("Valentine's Day", "情人节", on(2, 14)),
  women: holiday("Women's Day", "妇女节", on(3, 8)),
  qingming: holiday("Qingming", "清明节", qingming),
  labour: holiday("Labour Day", "劳动节", on(5, 1)),
  mother: holiday("Mother's Day", "母亲节", nth(2, 0, 5)),
  children: holiday("Children's Day", "儿童节", on(6, 1)),
  dragon_boat: holiday("Dragon Boat Festival", "端午节", lunar(5, 5)),
  father: holiday("Father's Day", "父亲节", nth(3, 0, 6)),
  qixi: holiday("Qixi", "七夕节", lunar(7, 7)),
  teacher: holiday("Teachers' Day", "教师节", on(9, 10)),
  mid_autumn: holiday("Mid-Autumn Festival", "中秋节", lunar(8, 15)),
  national: holiday("National Day", "国庆节", on(10, 1)),
  double_ninth: holiday("Double Ninth Festival", "重阳节", lunar(9, 9)),
  halloween: holiday("Halloween", "万圣夜", on(10, 31)),
  singles: holiday("Singles' Day", "双十一", on(11, 11)),
  thanksgiving: holiday("Thanksgiving", "感恩节", nth(4, 4, 11)),
  black_friday: holiday("Black Friday", "黑色星期五", after(nth(4, 4, 11), 1)),
  christmas_eve: holiday("Christmas Eve", "平安夜", on(12, 24)),
  christmas: holiday("Christmas", "圣诞节", on(12, 25)),
};
export type HolidayId = keyof typeof HOLIDAYS;
export const isHoliday = (id: string): id is HolidayId => Object.hasOwn(HOLIDAYS, id);
export const HOLIDAY_IDS = Object.keys(HOLIDAYS).filter(isHoliday);

/** The day (`YYYY-MM-DD`) of a holiday in a year; null where that is not known: the lunar ones before 1929 and after 2100, Qingming outside this century. */
export const holidayIn = (id: HolidayId, year: number): string | null => HOLIDAYS[id].rule(year);
