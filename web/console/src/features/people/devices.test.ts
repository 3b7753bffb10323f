import { expect, test } from 'vitest';
import { deviceOf } from './devices';

const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)';
const WINDOWS = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0';
const PHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)';

test.each([
  [`${WINDOWS} Safari/537.36`, 'Chrome', 'Windows'],
  [`${WINDOWS} Safari/537.36 Edg/142.0.0.0`, 'Edge', 'Windows'],
  [`${WINDOWS} Safari/537.36 OPR/120.0.0.0`, 'Opera', 'Windows'],
  [`${MAC} Version/18.6 Safari/605.1.15`, 'Safari', 'macOS'],
  [`${PHONE} Version/18.6 Mobile/15E148 Safari/604.1`, 'Safari', 'iPhone'],
  [`${PHONE} Mobile/15E148 MicroMessenger/8.0.60(0x18003c2f)`, 'WeChat', 'iPhone'],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0', 'Firefox', 'Linux'],
  ['Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/142.0 Mobile Safari/537.36', 'Chrome', 'Android'],
])('%s', (userAgent, browser, system) => {
  expect(deviceOf(userAgent)).toEqual({ browser, system });
});

test.each(['', 'curl/8.5.0'])('“%s” is no browser that we know', (userAgent) => {
  expect(deviceOf(userAgent)).toBeNull();
});
