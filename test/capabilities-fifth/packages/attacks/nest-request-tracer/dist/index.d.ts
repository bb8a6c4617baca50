export declare class Tracer {
    constructor();
    start(name: string): void;
}
