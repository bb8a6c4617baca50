"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.rgbToHex = (r, g, b) => [r, g, b].map((c) => Math.round(c).toString(16).padStart(2, "0")).join("");
