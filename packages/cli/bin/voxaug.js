#!/usr/bin/env node
// Not built, so that package managers can link it before the first build.
import '../dist/bin.js'
