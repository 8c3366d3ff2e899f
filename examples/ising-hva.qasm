OPENQASM 3.0;
include "stdgates.inc";

// A point on a line, and the angles to train: ZZ and RX alone, a circuit of free fermions.
input float[64] field;
input array[float[64], 3] gamma;
input array[float[64], 3] beta;

const int n = 4;
qubit[n] q;

gate rzz(angle_) a, b {
  cx a, b;
  rz(angle_) b;
  cx a, b;
}

ry(field) q;
for int layer in [0:2] {
  for int i in [0:n - 1] rzz(2*gamma[layer]) q[i], q[(i + 1) % n];
  rx(2*beta[layer]) q;
}
