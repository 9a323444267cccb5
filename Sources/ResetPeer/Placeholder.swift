// ResetPeer
