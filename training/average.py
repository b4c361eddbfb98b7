"""Writes the mean of two networks: `python3 average.py ONE.onnx OTHER.onnx SHARE OUT.onnx`; SHARE is that of the other."""
import sys

from network import average

average(sys.argv[1], sys.argv[2], float(sys.argv[3]), sys.argv[4])
