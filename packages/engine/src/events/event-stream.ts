/**
 * An Observable of what happens in a run, over a plain list of subscribers.
 * Knows no clock. Costs one test of `observed` while nobody listens.
 *
 * RxJS reports an exception thrown by a subscriber on a later turn of the host's event loop, when the run is over.
 * Here it reaches the run: every subscriber, also behind operators, is guarded.
 */
import { Observable, type Observer, type Operator, Subscriber, type Subscription } from 'rxjs';

type Fail = (error: unknown) => void;

/** An Observable whose consumers' exceptions go to `fail`, through any chain of operators. */
class GuardedObservable<T> extends Observable<T> {
  readonly #fail: Fail;

  constructor(fail: Fail, subscribe?: (subscriber: Subscriber<T>) => (() => void) | undefined) {
    super(subscribe);
    this.#fail = fail;
  }

  override lift<R>(operator?: Operator<T, R>): Observable<R> {
    const lifted = new GuardedObservable<R>(this.#fail);
    lifted.source = this;
    lifted.operator = operator;
    return lifted;
  }

  override subscribe(
    observerOrNext?: Partial<Observer<T>> | ((value: T) => void) | null,
    error?: ((error: unknown) => void) | null,
    complete?: (() => void) | null,
  ): Subscription {
    if (observerOrNext instanceof Subscriber) return super.subscribe(observerOrNext);
    const observer =
      typeof observerOrNext === 'object' && observerOrNext !== null
        ? observerOrNext
        : { next: observerOrNext, error, complete };
    return super.subscribe(new GuardedSubscriber<T>(observer, this.#fail));
  }
}

type Callbacks<T> = { [Name in keyof Observer<T>]?: Observer<T>[Name] | null | undefined };

class GuardedSubscriber<T> extends Subscriber<T> {
  readonly #observer: Callbacks<T>;
  readonly #fail: Fail;

  constructor(observer: Callbacks<T>, fail: Fail) {
    super();
    this.#observer = observer;
    this.#fail = fail;
  }

  override next(value: T): void {
    if (this.isStopped) return;
    try {
      this.#observer.next?.(value);
    } catch (thrown) {
      this.unsubscribe();
      this.#fail(thrown);
    }
  }

  protected override _error(error: unknown): void {
    try {
      if (this.#observer.error) this.#observer.error(error);
      else this.#fail(error);
    } catch (thrown) {
      this.#fail(thrown);
    } finally {
      this.unsubscribe();
    }
  }

  protected override _complete(): void {
    try {
      this.#observer.complete?.();
    } catch (thrown) {
      this.#fail(thrown);
    } finally {
      this.unsubscribe();
    }
  }
}

/** A subscriber that has been told everything. */
function ended(): Subscriber<unknown> {
  const subscriber = new GuardedSubscriber<unknown>({}, () => undefined);
  new Observable((told) => {
    told.complete();
    return () => undefined;
  }).subscribe(subscriber);
  return subscriber;
}

/** Stands for no subscriber; and living as long as the program, it keeps what was compiled for the others. */
const NOBODY = ended();

export class EventStream<T> extends GuardedObservable<T> {
  #subscribers: readonly Subscriber<T>[];
  /** How many listen: compiled code asks less of a number than of a boolean field. */
  #listening = 0;
  /** The subscriber when there is but one, as nearly always. */
  #only: Subscriber<T> = NOBODY;
  #completed = false;

  constructor(fail: Fail) {
    super(fail, (subscriber) => {
      if (this.#completed) {
        subscriber.complete();
        return undefined;
      }
      this.#set([...this.#subscribers, subscriber]);
      return () => this.#set(this.#subscribers.filter((other) => other !== subscriber));
    });
    this.#subscribers = [];
  }

  /** Whether anybody listens. */
  get observed(): boolean {
    return this.#listening > 0;
  }

  emit(value: T): void {
    if (this.#only !== NOBODY) {
      this.#only.next(value);
      return;
    }
    const subscribers = this.#subscribers;
    for (let i = 0; i < subscribers.length; i++) subscribers[i]?.next(value);
  }

  complete(): void {
    this.#completed = true;
    for (const subscriber of this.#subscribers) subscriber.complete();
  }

  #set(subscribers: readonly Subscriber<T>[]): void {
    const [first = NOBODY, second] = subscribers;
    this.#subscribers = subscribers;
    this.#listening = subscribers.length;
    this.#only = second === undefined ? first : NOBODY;
  }
}
