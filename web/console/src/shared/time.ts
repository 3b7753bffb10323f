/** Moments and durations as people read them. */
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';

export const setTimeLocale = (locale: 'zh' | 'en') => dayjs.locale(locale === 'zh' ? 'zh-cn' : 'en');

/** A duration as it ticks: 0:07, 3:20, 1:02:09. */
export function ticking(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** In a list: today the time, else the day. */
export function shortMoment(iso: string, now: number): string {
  const moment = dayjs(iso);
  const today = dayjs(now);
  if (moment.isSame(today, 'day')) return moment.format('HH:mm');
  return moment.isSame(today, 'year') ? moment.format('MM-DD') : moment.format('YYYY-MM-DD');
}

export const timeOfDay = (iso: string) => dayjs(iso).format('HH:mm');
export const wholeMoment = (iso: string) => dayjs(iso).format('YYYY-MM-DD HH:mm:ss');
export const dayAndTime = (iso: string) => dayjs(iso).format('MM-DD HH:mm');
export const dayKey = (iso: string) => dayjs(iso).format('YYYY-MM-DD');
