import { KindredError } from '../failure';
import { t } from '../../l10n/messages';

/** What `promise` gives, if it does so within `milliseconds`. @throws KindredError when it does not */
export async function withinTime<T>(promise: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new KindredError(t('There was no answer within {0} seconds.', milliseconds / 1000)));
    }, milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
