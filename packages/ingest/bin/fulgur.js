#!/usr/bin/env node
import "../dist/fulgur.js";
