/** Whether a call fails before it does anything, or its answer is lost. */
export type Failure = 'before' | 'after';

/** Counts calls, and lets one of them fail. */
export interface Trouble {
  /** The names of the calls, in their order. */
  readonly calls: readonly string[];
  /** The name of the one that failed. */
  readonly failed: string | undefined;
  /** The same object; its methods count as calls. */
  over<Target extends object>(name: string, target: Target): Target;
}

const lost = new Error('the connection broke');

/** Lets the call with this number fail, whatever object it is to; none of them when there are fewer. */
export function failOnce(number: number, failure: Failure): Trouble {
  const calls: string[] = [];
  let failed: string | undefined;

  const isMeant = (name: string): boolean => {
    const isMeantOne = calls.push(name) === number;
    if (isMeantOne) failed = name;
    return isMeantOne;
  };
  async function once(name: string, work: () => Promise<unknown>): Promise<unknown> {
    const isFailing = isMeant(name);
    if (isFailing && failure === 'before') throw lost;
    const result = await work();
    if (isFailing) throw lost;
    return result;
  }
  async function* each(name: string, work: () => AsyncIterable<unknown>): AsyncGenerator {
    if (isMeant(name)) throw lost;
    yield* work();
  }

  return {
    calls,
    get failed() {
      return failed;
    },
    over: (name, target) =>
      new Proxy(target, {
        get(object, key) {
          const method = Reflect.get(object, key);
          if (typeof method !== 'function') return method;
          const called = `${name}.${String(key)}`;
          return (...args: unknown[]) => {
            const work = () => method.apply(object, args);
            return key === 'queryAll' ? each(called, work) : once(called, work);
          };
        },
      }),
  };
}
