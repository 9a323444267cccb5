/// A property of a fault, of a type not named here.
public typealias AnyPropertyPath<Subject> = any PartialKeyPath<Subject> & Sendable

/// A property of a fault.
public typealias PropertyPath<Subject, Value> = any KeyPath<Subject, Value> & Sendable

/// A property of a fault that can be set.
public typealias WritablePropertyPath<Subject, Value> = any WritableKeyPath<Subject, Value> & Sendable
